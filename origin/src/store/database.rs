//! The store as a file: opening it, and creating it.

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use redb::{Database, DatabaseError};

use super::fault::StoreFault;
use super::tables::{FILES, JTI_WINDOWS, MANIFEST_ENDS, MANIFESTS, SESSIONS, SIGNING_KEYS, USERS};

/// The open store. While it lives, no other process can open the file.
pub struct Store {
    pub(super) database: Database,
}

impl Store {
    /// Opens the store, and creates it if it is not there: readable by its owner alone, since it
    /// holds private keys.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn open_or_create(path: &Path) -> Result<Self, StoreFault> {
        let created = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path);
        match created {
            Err(fault) if fault.kind() != io::ErrorKind::AlreadyExists => {
                let path = path.to_owned();
                Err(StoreFault::Uncreatable { path, fault })
            }
            // An empty file is what a database is created in.
            _ => Self::from_database(path, Database::create(path)),
        }
    }

    /// Opens a store that is there.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn open(path: &Path) -> Result<Self, StoreFault> {
        if !path.exists() {
            return Err(StoreFault::Missing(path.to_owned()));
        }
        Self::from_database(path, Database::open(path))
    }

    fn from_database(
        path: &Path,
        opened: Result<Database, DatabaseError>,
    ) -> Result<Self, StoreFault> {
        let path = || path.to_owned();
        let database = opened.map_err(|fault| match fault {
            DatabaseError::DatabaseAlreadyOpen => StoreFault::InUse(path()),
            fault => StoreFault::Unopenable {
                path: path(),
                fault: Box::new(fault),
            },
        })?;
        let store = Self { database };
        store.create_tables()?;
        Ok(store)
    }

    /// Reading a table that was never written to is an error, so all are made at once.
    fn create_tables(&self) -> Result<(), StoreFault> {
        let transaction = self.database.begin_write()?;
        for table in [USERS, SESSIONS, JTI_WINDOWS, FILES, MANIFESTS] {
            transaction.open_table(table)?;
        }
        transaction.open_table(MANIFEST_ENDS)?;
        transaction.open_table(SIGNING_KEYS)?;
        transaction.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
