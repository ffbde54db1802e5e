//! A lane: the questions of one kind that are under way to the provider.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::fault::ProviderFault;

/// How many questions a lane holds. Each has a connection of its own.
const WIDTH: usize = 64;
/// How long the next one waits for a place.
const PATIENCE: Duration = Duration::from_secs(1);

/// Bounds what strangers can make us ask. Whoever fills one lane does not hold up the others.
pub(super) struct Lane(Semaphore);

impl Lane {
    /// An empty one.
    pub(super) fn new() -> Self {
        Self(Semaphore::new(WIDTH))
    }

    /// Takes a place, which is held while the question is under way.
    ///
    /// # Errors
    /// `Unavailable` when none gets free soon.
    pub(super) async fn enter(&self) -> Result<SemaphorePermit<'_>, ProviderFault> {
        match timeout(PATIENCE, self.0.acquire()).await {
            Ok(Ok(place)) => Ok(place),
            // It is never closed.
            Ok(Err(_)) | Err(_) => Err(FULL),
        }
    }
}

const FULL: ProviderFault = ProviderFault::Unavailable("too many questions to it are under way");

#[cfg(test)]
mod tests;
