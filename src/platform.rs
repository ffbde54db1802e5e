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
pub use upstream::{Payload, Unreachable, Unread, Upstream};

use std::net::IpAddr;
use std::time::Duration;

use http::{Request, Response};

use crate::time::UnixTime;

/// The world around a request.
///
/// What takes its time has two halves: one begins it, and the other says whether it is done yet. So
/// several things are under way at once, and the core alone says how long to wait for them.
pub trait Platform: Stores {
    /// The body of an upstream's answer, still on its way.
    type Body;
    /// The duty to fill a cache entry, for which others are waiting.
    type Lead;
    /// A lookup that may have to wait for another request.
    type Joining;
    /// A request that was sent, and not answered yet.
    type Sent;

    /// The time.
    fn now(&self) -> UnixTime;

    /// Any number. It guards nothing: it only keeps clients from doing the same at the same time.
    fn random(&mut self) -> u32;

    /// The time since some moment that stays the same for this request: to measure how long
    /// something takes.
    fn clock(&self) -> Duration;

    /// From where the request comes, if the platform knows: nothing that the client says.
    fn client_address(&self) -> Option<IpAddr>;

    /// Does nothing for a while.
    fn pause(&mut self, duration: Duration);

    /// The entry of that key, unless its time is over.
    fn recall(&mut self, key: &CacheKey) -> Option<Vec<u8>>;

    /// Keeps an entry that nobody waits for.
    fn keep(&mut self, key: &CacheKey, entry: Entry);

    /// Begins to look up an entry together with all who want it at the same time. One of them
    /// leads; the others wait for what it inserts.
    fn join(&mut self, key: &CacheKey) -> Self::Joining;

    /// What has come of it.
    fn joined(&mut self, joining: Self::Joining) -> Progress<Self::Joining, Lookup<Self::Lead>>;

    /// Fills the entry that `lead` stands for, and wakes those who wait.
    fn insert(&mut self, lead: Self::Lead, entry: Entry);

    /// Gives `lead` up: one of those who wait becomes the leader.
    fn release(&mut self, lead: Self::Lead);

    /// The lead of an entry whose time is over, or nearly ([`Entry::contended_seconds`]): for one
    /// request at a time. Nobody waits for it.
    fn contend(&mut self, key: &CacheKey) -> Option<Self::Lead>;

    /// Sends a request, uncached. Yields the answer's head, with its body still upstream, and waits
    /// for it as long as the platform does.
    ///
    /// # Errors
    /// [`Unreachable`].
    fn send(
        &mut self,
        to: Upstream<'_>,
        request: Request<Payload>,
    ) -> Result<Response<Self::Body>, Unreachable>;

    /// Sends a request without a body, uncached, and waits for nothing.
    fn dispatch(&mut self, to: Upstream<'_>, request: Request<()>) -> Self::Sent;

    /// What has come back.
    fn arrived(
        &mut self,
        sent: Self::Sent,
    ) -> Progress<Self::Sent, Result<Response<Self::Body>, Unreachable>>;

    /// Reads a short body to its end.
    ///
    /// # Errors
    /// [`Unread`].
    fn read(&mut self, body: Self::Body, limit: usize) -> Result<Vec<u8>, Unread>;
}

/// How far something is that takes its time.
pub enum Progress<P, T> {
    /// It is still under way.
    Pending(P),
    /// It is done.
    Done(T),
}
