//! What the origin keeps: signing keys, users, their sessions, files and manifests, in one file.
//!
//! The file is a `redb` database that one process has open at a time. Rows are JSON, but for the
//! signing keys. Every change is a transaction: it happens as a whole or not at all, and it is on the
//! disk when it has been committed.

mod files;
mod import;
mod manifests;
mod row;
mod sessions;
mod signing_keys;
mod standing;
mod users;

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use redb::{Database, DatabaseError, TableDefinition};
use rsa::pkcs8;

pub use import::{ImportFault, Imported};
pub use row::Revised;
pub use standing::Standing;

/// A table of JSON rows.
type Rows = TableDefinition<'static, &'static str, &'static str>;

/// Users by subject.
const USERS: Rows = TableDefinition::new("users");
/// Sessions by subject.
const SESSIONS: Rows = TableDefinition::new("sessions");
/// Which AZATs are good, by subject.
const JTI_WINDOWS: Rows = TableDefinition::new("jti_windows");
/// Files by `catalog/uuid/version`.
const FILES: Rows = TableDefinition::new("files");
/// Manifests by key.
const MANIFESTS: Rows = TableDefinition::new("manifests");
/// Ends and keys of manifests, the earliest end first.
const MANIFEST_ENDS: TableDefinition<'static, (u64, &str), ()> =
    TableDefinition::new("manifest_ends");
/// Creation time, in seconds since the epoch, and PKCS#8 DER of signing keys by `kid`.
const SIGNING_KEYS: TableDefinition<'static, &str, (u64, &[u8])> =
    TableDefinition::new("signing_keys");

/// The open store. While it lives, no other process can open the file.
pub struct Store {
    database: Database,
}

/// Why the store does not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// Another process has it open.
    #[error("{} is in use by another azat: stop it first", .0.display())]
    InUse(PathBuf),
    /// There is no such file.
    #[error("{} does not exist: `azat keys create` and the imports make one", .0.display())]
    Missing(PathBuf),
    /// The file cannot be made.
    #[error("cannot create {}: {fault}", .path.display())]
    Uncreatable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        fault: io::Error,
    },
    /// The file is no store, or cannot be read.
    #[error("cannot open {} as a store: {fault}", .path.display())]
    Unopenable {
        /// The file.
        path: PathBuf,
        /// What the database says.
        fault: Box<DatabaseError>,
    },
    /// The database failed.
    #[error("the store failed: {0}")]
    Database(Box<redb::Error>),
    /// A row is not what this version of the program writes.
    #[error("a row of the store cannot be read or written: {0}")]
    Row(#[from] serde_json::Error),
    /// A signing key cannot be read or written.
    #[error("a signing key of the store cannot be read or written: {0}")]
    Key(#[from] pkcs8::Error),
}

impl Store {
    /// Opens the store, and creates it if it is not there: readable for its owner alone, since it
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

/// The database has one type of error per operation. To a caller they are all the same.
macro_rules! from_database_errors {
    ($($fault:ty),*) => {$(
        impl From<$fault> for StoreFault {
            fn from(fault: $fault) -> Self {
                Self::Database(Box::new(fault.into()))
            }
        }
    )*};
}

from_database_errors!(
    redb::TransactionError,
    redb::TableError,
    redb::StorageError,
    redb::CommitError
);

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use tempfile::tempdir;

    use super::{Store, StoreFault};

    #[test]
    fn only_the_owner_can_read_a_store() {
        let directory = tempdir().unwrap();
        let path = directory.path().join("store");
        drop(Store::open_or_create(&path).unwrap());
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert!(Store::open(&path).is_ok());
        assert!(Store::open_or_create(&path).is_ok());
    }

    #[test]
    fn one_process_has_a_store_at_a_time() {
        let directory = tempdir().unwrap();
        let path = directory.path().join("store");
        let _open = Store::open_or_create(&path).unwrap();
        for second in [Store::open(&path), Store::open_or_create(&path)] {
            let fault = second.err().unwrap().to_string();
            let expected = format!(
                "{} is in use by another azat: stop it first",
                path.display()
            );
            assert_eq!(fault, expected);
        }
    }

    #[test]
    fn what_is_not_a_store_is_left_alone() {
        let directory = tempdir().unwrap();
        let path = directory.path().join("notes.txt");
        assert!(matches!(Store::open(&path), Err(StoreFault::Missing(_))));
        fs::write(&path, "not a store\n".repeat(1000)).unwrap();
        for opened in [Store::open(&path), Store::open_or_create(&path)] {
            assert!(matches!(opened, Err(StoreFault::Unopenable { .. })));
        }
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "not a store\n".repeat(1000)
        );
        let nowhere = Store::open_or_create(&directory.path().join("no/such/store"));
        assert!(matches!(nowhere, Err(StoreFault::Uncreatable { .. })));
    }
}
