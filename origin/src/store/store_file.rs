//! The file that a store is: how it is opened, and created.

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redb::backends::FileBackend;
use redb::{
    Builder, Database, DatabaseError, ReadableDatabase as _, StorageError, TableHandle as _,
};

use super::fault::StoreFault;
use super::tables::{
    ALL_ROWS, MANIFEST_ENDS, NUMBERS, PATHS, SHELF_LENGTHS, SHELVES, SIGNING_KEYS,
};

/// The name of the number that tells the tables of this version from those of others, and the
/// number.
const TABLES: (&str, u64) = ("tables", 1);

/// Where a store is, and how it is opened.
#[derive(Clone)]
pub struct StoreFile {
    path: PathBuf,
    cache_bytes: usize,
    repairing: Arc<dyn Fn(f64) + Send + Sync>,
}

impl<P: AsRef<Path> + ?Sized> From<&P> for StoreFile {
    /// The store at a path, which need not be there.
    fn from(path: &P) -> Self {
        Self {
            path: path.as_ref().to_owned(),
            cache_bytes: Self::CACHE_BYTES,
            repairing: Arc::new(|_| {}),
        }
    }
}

impl StoreFile {
    /// The memory that a store's cache takes if nothing else is said, in bytes: 128 MiB.
    pub const CACHE_BYTES: usize = 128 * 1024 * 1024;

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// With that much memory for what it has read and is about to write, in bytes.
    #[must_use]
    pub fn with_cache(self, cache_bytes: usize) -> Self {
        Self {
            cache_bytes,
            ..self
        }
    }

    /// Tells of a repair, which is needed when the last process was killed: `repairing` is called
    /// with the part that is done, from 0 to 1, at least once.
    #[must_use]
    pub fn telling_of_repairs(self, repairing: impl Fn(f64) + Send + Sync + 'static) -> Self {
        Self {
            repairing: Arc::new(repairing),
            ..self
        }
    }

    /// Opens the database, and creates it if it is not there: readable by its owner alone, since it
    /// holds private keys.
    pub(super) fn open_or_create(&self) -> Result<Database, StoreFault> {
        let created = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&self.path);
        match created {
            Err(fault) if fault.kind() != io::ErrorKind::AlreadyExists => {
                let path = self.path.clone();
                Err(StoreFault::Uncreatable { path, fault })
            }
            // An empty file is what a database is created in.
            Ok(file) => self.opened(|builder| builder.create_with_backend(FileBackend::new(file)?)),
            Err(_) => self.opened(|builder| {
                // Never created here: a link that leads nowhere would make one for all to read.
                let file = OpenOptions::new().read(true).write(true).open(&self.path);
                let file = file.map_err(StorageError::Io)?;
                builder.create_with_backend(FileBackend::new(file)?)
            }),
        }
    }

    /// Opens a database that is there.
    pub(super) fn open(&self) -> Result<Database, StoreFault> {
        if !self.path.exists() {
            return Err(StoreFault::Missing(self.path.clone()));
        }
        self.opened(|builder| builder.open(&self.path))
    }

    fn opened(
        &self,
        open: impl FnOnce(&Builder) -> Result<Database, DatabaseError>,
    ) -> Result<Database, StoreFault> {
        let mut builder = Database::builder();
        builder.set_cache_size(self.cache_bytes);
        let repairing = Arc::clone(&self.repairing);
        builder.set_repair_callback(move |repair| repairing(repair.progress()));
        let path = || self.path.clone();
        let database = open(&builder).map_err(|fault| match fault {
            DatabaseError::DatabaseAlreadyOpen => StoreFault::InUse(path()),
            fault => StoreFault::Unopenable {
                path: path(),
                fault: Box::new(fault),
            },
        })?;
        self.prepare(&database)?;
        Ok(database)
    }

    /// Makes all tables of a new store at once: reading one that was never written to is an error.
    /// Refuses the tables of another version.
    fn prepare(&self, database: &Database) -> Result<(), StoreFault> {
        let (name, version) = TABLES;
        let reading = database.begin_read()?;
        let mut there = reading.list_tables()?.peekable();
        if there.peek().is_some() {
            let numbered = there.any(|table| table.name() == NUMBERS.name());
            let found = match numbered {
                true => (reading.open_table(NUMBERS)?.get(name)?).map(|number| number.value()),
                false => None,
            };
            return match found {
                Some(found) if found == version => Ok(()),
                _ => Err(StoreFault::OfAnotherVersion(self.path.clone())),
            };
        }
        let writing = database.begin_write()?;
        for table in ALL_ROWS {
            writing.open_table(table)?;
        }
        writing.open_table(SHELVES)?;
        writing.open_table(SHELF_LENGTHS)?;
        writing.open_table(PATHS)?;
        writing.open_table(MANIFEST_ENDS)?;
        writing.open_table(SIGNING_KEYS)?;
        writing.open_table(NUMBERS)?.insert(name, version)?;
        writing.commit()?;
        Ok(())
    }
}
