//! Users in the store.

use std::io::BufRead;

use super::database::Store;
use super::fault::StoreFault;
use super::import::{ImportFault, Imported, Lines};
use super::revision;
use super::row::{Revised, former, put};
use super::tables::USERS;
use crate::subject::Subject;
use crate::user::User;

impl Store {
    /// Reads users from JSON lines, all of them or none.
    ///
    /// For each line reads the row that it is about, and writes it if it differs or cannot be read.
    /// An operator's command, with no condition on what others write meanwhile.
    ///
    /// # Errors
    /// [`ImportFault`]: the first bad line.
    pub fn import_users(&self, lines: impl BufRead) -> Result<Imported, ImportFault> {
        self.import(|transaction| {
            let next = revision::found(transaction)? + 1;
            let mut users = transaction.open_table(USERS).map_err(StoreFault::from)?;
            let mut lines = Lines::of(lines);
            let mut changed = 0;
            while let Some(user) = lines.next::<User>()? {
                let Ok(subject) = user.subject() else {
                    let expected = "expected an issuer without # and a subject, neither empty";
                    return Err(lines.fault(expected.to_owned()));
                };
                let key = subject.as_str();
                lines.refuse_twice(key)?;
                lines.refuse_too_long(&user)?;
                if former(&users, key)?.is_none_or(|former: User| former != user) {
                    put(&mut users, key, &user, next)?;
                    changed += 1;
                }
            }
            if changed > 0 {
                revision::set(transaction, next)?;
            }
            Ok(Imported {
                lines: lines.read,
                changed,
                renamed: Vec::new(),
            })
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
