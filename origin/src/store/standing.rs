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
    /// Where the subject of an AZAT stands; `None` for one who is no user.
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

    /// Counts one more AZAT of a user, and gives its `jti`; `None` for one who is no user.
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
        let jti = match LiveSession::of(session, now) {
            Ok(_) => Ok(count(&transaction, subject)?),
            Err(why) => Err(why),
        };
        transaction.commit()?;
        Ok(jti)
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
mod tests {
    use azat_edge::time::UnixTime;
    use serde_json::json;
    use tempfile::tempdir;

    use crate::samples::{SUBJECT, lines, user_line};
    use crate::store::Store;
    use crate::subject::Subject;

    #[test]
    fn azats_are_counted_for_each_subject_by_itself() {
        let directory = tempdir().unwrap();
        let path = directory.path().join("store");
        let store = Store::open_or_create(&path).unwrap();
        let subject: Subject = SUBJECT.parse().unwrap();
        let other: Subject = "https://accounts.google.com#1".parse().unwrap();
        let count = |store: &Store, subject| store.count_azat_of_user(subject).unwrap();
        assert_eq!(count(&store, &subject), None);
        let users = lines([user_line(json!({})), user_line(json!({"subject": "1"}))]);
        store.import_users(users.as_bytes()).unwrap();
        let counts = (count(&store, &subject), count(&store, &subject));
        assert_eq!(counts, (Some(0), Some(1)));
        assert_eq!(count(&store, &other), Some(0));
        drop(store);
        let store = Store::open(&path).unwrap();
        assert_eq!(count(&store, &subject), Some(2));
    }

    #[test]
    fn every_change_raises_the_revision() {
        let directory = tempdir().unwrap();
        let store = Store::open_or_create(&directory.path().join("store")).unwrap();
        let subject: Subject = SUBJECT.parse().unwrap();
        let revision = || {
            let standing = store.standing(&subject).unwrap();
            standing.map(|standing| standing.revision())
        };
        let import = |sources| {
            let text = lines([user_line(json!({ "sources": sources }))]);
            store.import_users(text.as_bytes()).unwrap();
        };
        assert_eq!(revision(), None);
        import(json!(["s1"]));
        assert_eq!(revision(), Some(1));
        store.count_azat_of_user(&subject).unwrap();
        assert_eq!(revision(), Some(2));
        store.revoke(&subject, UnixTime::now()).unwrap();
        assert_eq!(revision(), Some(3));
        import(json!(["s2"]));
        assert_eq!(revision(), Some(4));
        let window = store.standing(&subject).unwrap().unwrap().window;
        assert_eq!(window.bounds(), (1, 1));
    }
}
