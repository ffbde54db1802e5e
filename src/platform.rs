//! The platform: all that the core needs of the world around it, behind one trait.
//!
//! The core decides; a platform looks things up, sends and receives. Fastly Compute is one
//! (`src/compute/`), the tests' is another.

mod cache;
mod cache_key;
mod stores;
mod upstream;

pub use cache::{Entry, Lookup};
pub use cache_key::CacheKey;
pub use stores::{Item, Read, Stores};
pub use upstream::{Payload, Unreachable, Upstream};

use http::{Request, Response};

use crate::time::UnixTime;

/// The world around a request.
pub trait Platform: Stores {
    /// The body of an upstream's answer, still on its way.
    type Body;
    /// The duty to fill a cache entry, for which others are waiting.
    type Lead;

    /// The time.
    fn now(&self) -> UnixTime;

    /// Looks up a shared entry. Concurrent lookups of one key have one leader; the others wait for
    /// it.
    fn lookup(&mut self, key: &CacheKey) -> Lookup<Self::Lead>;

    /// Fills the entry that `lead` stands for, and wakes those who wait.
    fn insert(&mut self, lead: Self::Lead, entry: Entry);

    /// Gives `lead` up: one of those who wait becomes the leader.
    fn release(&mut self, lead: Self::Lead);

    /// Keeps an entry that nobody waits for.
    fn keep(&mut self, key: &CacheKey, entry: Entry);

    /// The entry that was kept, unless its time is over.
    fn recall(&mut self, key: &CacheKey) -> Option<Vec<u8>>;

    /// Sends a request, uncached. Yields the answer's head, with its body still upstream.
    ///
    /// # Errors
    /// [`Unreachable`].
    fn send(
        &mut self,
        to: Upstream<'_>,
        request: Request<Payload>,
    ) -> Result<Response<Self::Body>, Unreachable>;

    /// Reads a short body to its end.
    ///
    /// # Errors
    /// [`Unreachable`] when it breaks off, or is longer than `limit` bytes.
    fn read(&mut self, body: Self::Body, limit: usize) -> Result<Vec<u8>, Unreachable>;
}
