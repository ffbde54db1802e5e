//! Exchanges with the identity provider, which are brought to their end whatever becomes of the
//! caller.

use std::sync::Arc;

use tokio::sync::RwLock;
use tokio::task::{JoinError, spawn};

/// The exchanges under way. What the provider gives, it may give only once: a caller who hangs up,
/// or a service that is told to stop, must not lose it. Clones share.
#[derive(Clone, Default)]
pub struct Exchanges(Arc<RwLock<()>>);

impl Exchanges {
    /// Runs an exchange as a task of its own.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        exchange: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, JoinError> {
        let under_way = Arc::clone(&self.0).read_owned().await;
        spawn(async move {
            let outcome = exchange.await;
            drop(under_way);
            outcome
        })
        .await
    }

    /// Waits until none is under way.
    pub async fn finished(&self) {
        drop(self.0.write().await);
    }
}

#[cfg(test)]
mod tests;
