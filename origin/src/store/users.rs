//! Users in the store.

use std::io::BufRead;

use super::database::Store;
use super::fault::StoreFault;
use super::import::{ImportFault, Imported};
use super::row::Revised;
use super::tables::USERS;
use crate::subject::Subject;
use crate::user::User;

impl Store {
    /// Reads users from JSON lines, all of them or none.
    ///
    /// For each line reads the row that it is about, and writes it if it differs. An operator's
    /// command, with no condition on what others write meanwhile.
    ///
    /// # Errors
    /// [`ImportFault`]: the first bad line.
    pub fn import_users(&self, lines: impl BufRead) -> Result<Imported, ImportFault> {
        self.import(USERS, lines, |user: &User| match user.subject() {
            Ok(subject) => Ok(subject.as_str().to_owned()),
            Err(_) => Err("expected an issuer without # and a subject, neither empty".to_owned()),
        })
    }

    /// The user that an AZAT names.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn user(&self, subject: &Subject) -> Result<Option<Revised<User>>, StoreFault> {
        self.get(USERS, subject.as_str())
    }
}

#[cfg(test)]
mod tests;
