//! Asking the store whether it does what it is asked.

use super::database::{Act, Store};
use super::fault::StoreFault;
use super::health::Health;
use super::revision;

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
