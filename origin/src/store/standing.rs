//! Where a subject stands: a user, and which of the user's AZATs are good.

use azat_edge::time::UnixTime;
use redb::WriteTransaction;

use super::database::{Act, Store};
use super::fault::StoreFault;
use super::revision;
use super::row::{Revised, put, row};
use super::tables::{JTI_WINDOWS, SESSIONS, USERS};
use crate::session::{LiveSession, NotLive};
use crate::subject::Subject;
use crate::token::JtiWindow;
use crate::user::User;

/// A user and the window of the user's AZATs, both of one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The user.
    pub user: Revised<User>,
    /// Which AZATs are good.
    pub window: JtiWindow,
}

impl Standing {
    /// Grows with every change of either.
    pub fn revision(&self) -> u64 {
        self.user.revision.saturating_add(self.window.changes())
    }
}

impl Store {
    /// Where the subject of an AZAT stands; `None` for one who is not a user.
    ///
    /// Reads the subject's user and window of AZATs, both of one moment.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn standing(&self, subject: &Subject) -> Result<Option<Standing>, StoreFault> {
        let key = subject.as_str();
        self.read(|transaction| {
            let user = row(&transaction.open_table(USERS)?, USERS, key)?;
            let window = row(&transaction.open_table(JTI_WINDOWS)?, JTI_WINDOWS, key)?;
            let window = window.map_or(JtiWindow::EMPTY, |window| window.row);
            Ok(user.map(|user| Standing { user, window }))
        })
    }

    /// Counts one more AZAT of a user, and gives its `jti`; `None` for one who is not a user.
    ///
    /// Reads the subject's user and window of AZATs. Writes the window, on condition that there is
    /// a user.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn count_azat_of_user(&self, subject: &Subject) -> Result<Option<u64>, StoreFault> {
        self.write(|transaction| {
            let users = transaction.open_table(USERS)?;
            match row::<User>(&users, USERS, subject.as_str())? {
                Some(_) => Ok(Act::Done(Some(count(transaction, subject)?))),
                None => Ok(Act::Nothing(None)),
            }
        })
    }

    /// Counts one more AZAT of a subject who is signed in, and gives its `jti`; or says why the
    /// session is not live.
    ///
    /// Reads the subject's session and window of AZATs. Writes the window, on condition that the
    /// session is live: no AZAT slips past a sign-out that comes in between.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn count_azat_of_session(
        &self,
        subject: &Subject,
        now: UnixTime,
    ) -> Result<Result<u64, NotLive>, StoreFault> {
        self.write(|transaction| {
            let sessions = transaction.open_table(SESSIONS)?;
            let session = row(&sessions, SESSIONS, subject.as_str())?.map(|session| session.row);
            match LiveSession::of(session, now) {
                Ok(_) => Ok(Act::Done(Ok(count(transaction, subject)?))),
                Err(why) => Ok(Act::Nothing(Err(why))),
            }
        })
    }
}

fn count(transaction: &WriteTransaction, subject: &Subject) -> Result<u64, StoreFault> {
    let mut windows = transaction.open_table(JTI_WINDOWS)?;
    let mut window =
        row(&windows, JTI_WINDOWS, subject.as_str())?.map_or(JtiWindow::EMPTY, |window| window.row);
    let jti = window.count();
    put(
        &mut windows,
        subject.as_str(),
        &window,
        revision::found(transaction)?,
    )?;
    Ok(jti)
}

#[cfg(test)]
mod tests;
