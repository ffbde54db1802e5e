//! The store's revision: how often what an operator imports has changed.

use redb::{ReadTransaction, ReadableTable as _, WriteTransaction};

use super::database::Store;
use super::fault::StoreFault;
use super::tables::NUMBERS;

/// The name of the number.
const REVISION: &str = "revision";

impl Store {
    /// The store's revision; 0 before anything was imported. Rows carry the revisions of their
    /// first and of their last writing, so that a manifest can tell what was there when it was
    /// made.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn revision(&self) -> Result<u64, StoreFault> {
        self.read(present)
    }
}

/// The revision that a reader sees.
pub(super) fn present(transaction: &ReadTransaction) -> Result<u64, StoreFault> {
    let number = transaction.open_table(NUMBERS)?.get(REVISION)?;
    Ok(number.map_or(0, |number| number.value()))
}

/// The revision that a writer finds.
pub(super) fn found(transaction: &WriteTransaction) -> Result<u64, StoreFault> {
    let number = transaction
        .open_table(NUMBERS)?
        .get(REVISION)?
        .map(|number| number.value());
    Ok(number.unwrap_or(0))
}

/// Writes the revision that a transaction makes.
pub(super) fn set(transaction: &WriteTransaction, revision: u64) -> Result<(), StoreFault> {
    transaction
        .open_table(NUMBERS)?
        .insert(REVISION, revision)?;
    Ok(())
}
