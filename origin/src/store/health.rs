//! How the store is.

use super::database::{Act, Store};
use super::fault::StoreFault;
use super::revision;

/// Whether the store does what it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// It reads and writes.
    Good,
    /// The last write failed: it reads, and another write will be tried.
    Failing,
    /// It failed and could not be opened again: only a new process can help.
    Lost,
}

impl Store {
    /// Touches the store, as one who asks whether it is ready: reads, and after a failed write
    /// tries whether it can be written to again.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn probe(&self) -> Result<(), StoreFault> {
        if *self.health().borrow() == Health::Good {
            return self.revision().map(|_| ());
        }
        self.write(|transaction| {
            let present = revision::found(transaction)?;
            revision::set(transaction, present)?;
            Ok(Act::Done(()))
        })
    }
}
