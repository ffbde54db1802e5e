//! What goes wrong with the store.

use std::io;
use std::path::PathBuf;

use redb::DatabaseError;
use rsa::pkcs8;

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
