//! Work that holds a thread: reading and writing the store, signing.
//!
//! It is done on threads of its own, so that none of it keeps connections waiting that have nothing
//! to do with it, and in two lanes: what is asked for by thousands and done in a moment, and what
//! one request can ask for without end. The long lane is narrow, and its threads give way to all
//! others: whatever is asked of it, processors are there for the short one.

mod background;

use std::io;
use std::num::NonZero;
use std::sync::Arc;
use std::thread;

use tokio::sync::{AcquireError, Semaphore};
use tokio::task::{JoinError, spawn_blocking};

use background::{Abandoned, Background};

/// How many threads the short lane has.
const SHORT: usize = 32;

/// Why work was not done.
#[derive(Debug, thiserror::Error)]
pub(super) enum WorkFault {
    /// The lane is closed: the service ends.
    #[error(transparent)]
    Closed(#[from] AcquireError),
    /// The work panicked.
    #[error(transparent)]
    Failed(#[from] JoinError),
    /// The work panicked in the background.
    #[error(transparent)]
    Abandoned(#[from] Abandoned),
}

/// The two lanes.
pub(super) struct Lanes {
    short: Arc<Semaphore>,
    long: Background,
}

impl Lanes {
    /// Opens the lanes.
    ///
    /// # Errors
    /// When the system has no threads for the long one.
    pub(super) fn open() -> io::Result<Self> {
        let processors = thread::available_parallelism().map_or(1, NonZero::get);
        Ok(Self {
            short: Arc::new(Semaphore::new(SHORT)),
            long: Background::with_threads((processors / 2).max(1))?,
        })
    }

    /// Does what takes a moment.
    pub(super) async fn short<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WorkFault> {
        let permit = Arc::clone(&self.short).acquire_owned().await?;
        // Work whose caller has gone goes on, so it keeps its place until it is done.
        let done = spawn_blocking(move || {
            let outcome = work();
            drop(permit);
            outcome
        });
        Ok(done.await?)
    }

    /// Does a part of what may go on for long.
    pub(super) async fn long<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WorkFault> {
        Ok(self.long.run(work).await?)
    }
}

#[cfg(test)]
mod tests;
