//! Where a subject stands: a user, and which of the user's AZATs are good.

use azat_edge::time::UnixTime;
use redb::{ReadableDatabase as _, WriteTransaction};

use super::database::Store;
use super::fault::StoreFault;
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
        let transaction = self.database.begin_read()?;
        let user = row(&transaction.open_table(USERS)?, subject.as_str())?;
        let window = row(&transaction.open_table(JTI_WINDOWS)?, subject.as_str())?;
        let window = window.unwrap_or(JtiWindow::EMPTY);
        Ok(user.map(|user| Standing { user, window }))
    }

    /// Counts one more AZAT of a user, and gives its `jti`; `None` for one who is not a user.
    ///
    /// Reads the subject's user and window of AZATs. Writes the window, on condition that there is
    /// a user.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn count_azat_of_user(&self, subject: &Subject) -> Result<Option<u64>, StoreFault> {
        let transaction = self.database.begin_write()?;
        let user: Option<Revised<User>> = row(&transaction.open_table(USERS)?, subject.as_str())?;
        let jti = match user {
            Some(_) => Some(count(&transaction, subject)?),
            None => None,
        };
        transaction.commit()?;
        Ok(jti)
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
        let transaction = self.database.begin_write()?;
        let session = row(&transaction.open_table(SESSIONS)?, subject.as_str())?;
        match LiveSession::of(session, now) {
            Ok(_) => {
                let jti = count(&transaction, subject)?;
                transaction.commit()?;
                Ok(Ok(jti))
            }
            Err(why) => {
                // Nothing was written: nothing is to be waited for until it is on the disk.
                transaction.abort()?;
                Ok(Err(why))
            }
        }
    }
}

fn count(transaction: &WriteTransaction, subject: &Subject) -> Result<u64, StoreFault> {
    let mut table = transaction.open_table(JTI_WINDOWS)?;
    let mut window = row(&table, subject.as_str())?.unwrap_or(JtiWindow::EMPTY);
    let jti = window.count();
    put(&mut table, subject.as_str(), &window)?;
    Ok(jti)
}

#[cfg(test)]
mod tests;
