//! What goes wrong with the store.

use std::fmt;
use std::io;
use std::path::PathBuf;

use redb::{DatabaseError, TableHandle as _};
use rsa::pkcs8;

use super::tables::{MANIFESTS, Rows};

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
    /// The file is a store of another version of the program.
    #[error(
        "{} is a store of another version of azat: use that version, or make a new store with `azat keys create` and the imports", .0.display()
    )]
    OfAnotherVersion(PathBuf),
    /// It failed, and could not be opened again.
    #[error("the store is lost: it failed, and cannot be opened again")]
    Lost,
    /// A write failed a moment ago: for a while none is tried.
    #[error("the store takes no writes: one failed a moment ago")]
    Suspended,
    /// The database failed.
    #[error("the store failed: {0}")]
    Database(Box<redb::Error>),
    /// A row is not what this version of the program writes.
    #[error("{0}")]
    Unreadable(Box<UnreadableRow>),
    /// A row cannot be written as JSON.
    #[error("a row cannot be written: {0}")]
    Unwritable(serde_json::Error),
    /// A signing key cannot be read or written.
    #[error("a signing key of the store cannot be read or written: {0}")]
    Key(#[from] pkcs8::Error),
}

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableRow {
    table: String,
    /// Absent where the key is a secret.
    key: Option<String>,
    why: String,
}

impl UnreadableRow {
    pub(super) fn new(table: Rows, key: &str, why: String) -> Self {
        Self {
            table: table.name().to_owned(),
            key: (table.name() != MANIFESTS.name()).then(|| key.to_owned()),
            why,
        }
    }
}

impl fmt::Display for UnreadableRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.key.as_deref().unwrap_or("one whose key is not shown");
        write!(
            f,
            "the row {key} of {} cannot be read: {}",
            self.table, self.why
        )
    }
}

impl StoreFault {
    /// What is left of a file that cannot be repaired.
    pub(super) fn damaged(fault: DatabaseError) -> Self {
        Self::Database(Box::new(fault.into()))
    }

    /// Whether the database does nothing more until it has been opened again.
    pub(super) fn needs_reopening(&self) -> bool {
        match self {
            Self::Database(fault) => matches!(
                **fault,
                redb::Error::Io(_) | redb::Error::PreviousIo | redb::Error::LockPoisoned(_)
            ),
            _ => false,
        }
    }
}

impl From<UnreadableRow> for StoreFault {
    fn from(row: UnreadableRow) -> Self {
        Self::Unreadable(Box::new(row))
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
    redb::CommitError,
    redb::CompactionError
);
