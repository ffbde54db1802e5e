//! Room for connections, and how one gives way to another.

use std::pin::pin;
use std::sync::Arc;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// So many places.
pub(super) struct Room {
    size: u32,
    places: Arc<Semaphore>,
    newcomer: Notify,
}

impl Room {
    pub(super) fn new(size: u32) -> Self {
        Self {
            size,
            places: Arc::new(Semaphore::new(size as usize)),
            newcomer: Notify::new(),
        }
    }

    /// A place, when there is one; `None` never, since the room is not closed. Is there none now,
    /// one of those who [`give_way`](Self::give_way) has to.
    pub(super) async fn place(&self) -> Option<OwnedSemaphorePermit> {
        let places = || Arc::clone(&self.places);
        if let Ok(place) = places().try_acquire_owned() {
            return Some(place);
        }
        self.send_one_away_until(places().acquire_owned())
            .await
            .ok()
    }

    /// Has the one give way who has waited longest; or, is there nobody who waits, the first who
    /// does before `done` is.
    pub(super) async fn send_one_away_until<T>(&self, done: impl Future<Output = T>) -> T {
        self.newcomer.notify_one();
        let outcome = done.await;
        // A call that nobody has heard is not for those who come later.
        pin!(self.newcomer.notified()).enable();
        outcome
    }

    /// Waits until one's place is needed.
    pub(super) async fn give_way(&self) {
        self.newcomer.notified().await;
    }

    /// Waits until nobody is left.
    pub(super) async fn empty(&self) {
        let _ = self.places.acquire_many(self.size).await;
    }
}
