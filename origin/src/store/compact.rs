//! Compacting: gives the space back to the disk that the store does not use any more.

use std::{fs, io};

use super::database::Store;
use super::fault::StoreFault;

/// What compacting a store came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compacted {
    /// The size of its file before, in bytes.
    pub before: u64,
    /// The size of its file after, in bytes.
    pub after: u64,
}

impl Store {
    /// Compacts the store, and closes it. Nothing in it changes; if it is interrupted, what has
    /// been compacted stays compacted.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn compact(self) -> Result<Compacted, StoreFault> {
        let path = self.path().to_owned();
        let length = || -> Result<u64, StoreFault> {
            let metadata = fs::metadata(&path);
            Ok(metadata
                .map_err(|fault: io::Error| redb::StorageError::Io(fault))?
                .len())
        };
        let before = length()?;
        let mut database = self.into_database()?;
        while database.compact()? {}
        drop(database);
        Ok(Compacted {
            before,
            after: length()?,
        })
    }
}
