//! Sessions in the store.

use azat_edge::time::UnixTime;

use super::database::Store;
use super::fault::StoreFault;
use super::row::{Revised, put, row};
use super::tables::{JTI_WINDOWS, SESSIONS, USERS};
use crate::session::{Session, SessionState, Tokens};
use crate::subject::Subject;
use crate::token::JtiWindow;
use crate::user::User;

impl Store {
    /// The session of a subject, live or not.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn session(&self, subject: &Subject) -> Result<Option<Session>, StoreFault> {
        self.get(SESSIONS, subject.as_str())
    }

    /// Begins a session, or gives a live one new tokens; a refresh token that is not replaced
    /// stays. Whoever signs in for the first time becomes a user who may read what is public.
    ///
    /// Reads the subject's user and session. Writes the session in its next version, and the user
    /// if there is none, whatever was there: of two who sign in at once, the later one's tokens
    /// stay.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn sign_in(&self, subject: &Subject, mut tokens: Tokens) -> Result<(), StoreFault> {
        let transaction = self.database.begin_write()?;
        {
            let mut users = transaction.open_table(USERS)?;
            if row::<Revised<User>>(&users, subject.as_str())?.is_none() {
                let user = Revised {
                    revision: 1,
                    row: User::without_sources(subject),
                };
                put(&mut users, subject.as_str(), &user)?;
            }
            let mut sessions = transaction.open_table(SESSIONS)?;
            let mut version = 1;
            if let Some(former) = row::<Session>(&sessions, subject.as_str())? {
                version = former.version + 1;
                if let SessionState::Live(former) = former.state {
                    tokens.refresh_token = tokens.refresh_token.or(former.refresh_token);
                }
            }
            let state = SessionState::Live(tokens);
            put(&mut sessions, subject.as_str(), &Session { version, state })?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Gives a session the state that came of a refresh. Yields the session as it stands then.
    ///
    /// Reads the subject's session. Writes it in its next version, on condition that it is live and
    /// of that `version` still: a sign-in or sign-out meanwhile is not overruled.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn renew(
        &self,
        subject: &Subject,
        version: u64,
        next: SessionState,
    ) -> Result<Option<Session>, StoreFault> {
        let transaction = self.database.begin_write()?;
        let session = {
            let mut sessions = transaction.open_table(SESSIONS)?;
            match row(&sessions, subject.as_str())? {
                Some(Session {
                    version: present,
                    state: SessionState::Live(_),
                }) if present == version => {
                    let renewed = Session {
                        version: version + 1,
                        state: next,
                    };
                    put(&mut sessions, subject.as_str(), &renewed)?;
                    Some(renewed)
                }
                other => other,
            }
        };
        transaction.commit()?;
        Ok(session)
    }

    /// Ends a subject's session, and refuses all AZATs minted so far.
    ///
    /// Reads the subject's session and window of AZATs. Writes the window, and the session if there
    /// is one, whatever their state was.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn revoke(&self, subject: &Subject, now: UnixTime) -> Result<(), StoreFault> {
        let transaction = self.database.begin_write()?;
        {
            let mut sessions = transaction.open_table(SESSIONS)?;
            if let Some(Session { version, .. }) = row(&sessions, subject.as_str())? {
                let state = SessionState::Ended;
                put(&mut sessions, subject.as_str(), &Session { version, state })?;
            }
            let mut windows = transaction.open_table(JTI_WINDOWS)?;
            let mut window = row(&windows, subject.as_str())?.unwrap_or(JtiWindow::EMPTY);
            window.revoke(now);
            put(&mut windows, subject.as_str(), &window)?;
        }
        transaction.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
