//! Sessions in the store.

use azat_edge::time::UnixTime;
use redb::ReadableTable as _;

use super::database::{Act, Store};
use super::fault::StoreFault;
use super::revision;
use super::row::{former, put, row};
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
        Ok(self
            .get(SESSIONS, subject.as_str())?
            .map(|session| session.row))
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
        self.write(|transaction| {
            let revision = revision::found(transaction)?;
            let mut users = transaction.open_table(USERS)?;
            if users.get(subject.as_str())?.is_none() {
                let user = User::without_sources(subject);
                put(&mut users, subject.as_str(), &user, revision)?;
            }
            let mut sessions = transaction.open_table(SESSIONS)?;
            let mut version = 1;
            if let Some(former) = former::<Session>(&sessions, subject.as_str())? {
                version = former.version + 1;
                if let SessionState::Live(former) = former.state {
                    tokens.refresh_token = tokens.refresh_token.or(former.refresh_token);
                }
            }
            let state = SessionState::Live(tokens);
            let session = Session { version, state };
            put(&mut sessions, subject.as_str(), &session, revision)?;
            Ok(Act::Done(()))
        })
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
        self.write(|transaction| {
            let mut sessions = transaction.open_table(SESSIONS)?;
            let session = row(&sessions, SESSIONS, subject.as_str())?.map(|session| session.row);
            match session {
                Some(Session {
                    version: present,
                    state: SessionState::Live(_),
                }) if present == version => {
                    let renewed = Session {
                        version: version + 1,
                        state: next,
                    };
                    let revision = revision::found(transaction)?;
                    put(&mut sessions, subject.as_str(), &renewed, revision)?;
                    Ok(Act::Done(Some(renewed)))
                }
                other => Ok(Act::Nothing(other)),
            }
        })
    }

    /// Ends a subject's session, and refuses all AZATs minted so far.
    ///
    /// Reads the subject's session and window of AZATs. Writes the window, and the session if there
    /// is one, whatever their state was.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn revoke(&self, subject: &Subject, now: UnixTime) -> Result<(), StoreFault> {
        self.write(|transaction| {
            let revision = revision::found(transaction)?;
            let mut sessions = transaction.open_table(SESSIONS)?;
            if sessions.get(subject.as_str())?.is_some() {
                let session = former::<Session>(&sessions, subject.as_str())?;
                let ended = Session {
                    version: session.map_or(1, |session| session.version),
                    state: SessionState::Ended,
                };
                put(&mut sessions, subject.as_str(), &ended, revision)?;
            }
            let mut windows = transaction.open_table(JTI_WINDOWS)?;
            // Of a window that cannot be read, `not_before` is enough to end what was minted.
            let mut window = former(&windows, subject.as_str())?.unwrap_or(JtiWindow::EMPTY);
            window.revoke(now);
            put(&mut windows, subject.as_str(), &window, revision)?;
            Ok(Act::Done(()))
        })
    }
}

#[cfg(test)]
mod tests;
