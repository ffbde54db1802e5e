//! The platform: all that the core needs of the world around it, behind one trait.
//!
//! The core decides; a platform looks things up, sends and receives. Fastly Compute is one
//! (`src/compute/`), the tests' is another.

use http::{Request, Response};

mod cache_key;

pub use cache_key::CacheKey;

use crate::contract::signature::EdgeSecret;
use crate::time::UnixTime;

/// The world around a request.
pub trait Platform {
    /// The body of an upstream's answer. The core never reads it, it only hands it on.
    type Body;
    /// The duty to fill a cache entry, for which others are waiting.
    type Lead;

    /// The time.
    fn now(&self) -> UnixTime;

    /// The secret that signs calls to the origin; `None` when there is none, or not a good one.
    fn edge_secret(&mut self) -> Option<EdgeSecret>;

    /// What stands in the Secret Store under that name; `None` when there is no such entry.
    fn secret(&mut self, name: &str) -> Option<Vec<u8>>;

    /// Looks up a shared entry. Concurrent lookups of one key have one leader; the others wait for it.
    fn lookup(&mut self, key: &CacheKey) -> Lookup<Self::Lead>;

    /// Fills the entry that `lead` stands for, and wakes those who wait.
    fn insert(&mut self, lead: Self::Lead, entry: Entry);

    /// Gives `lead` up: one of those who wait becomes the leader.
    fn release(&mut self, lead: Self::Lead);

    /// Keeps an entry that nobody waits for.
    fn keep(&mut self, key: &CacheKey, entry: Entry);

    /// The entry that was kept, unless its time is over.
    fn recall(&mut self, key: &CacheKey) -> Option<Vec<u8>>;

    /// Asks the origin for a document: status, and a body that is not too long for a document.
    ///
    /// # Errors
    /// [`Unreachable`].
    fn ask_origin(&mut self, call: Request<()>) -> Result<Response<Vec<u8>>, Unreachable>;

    /// Hands the request, its body included, to the origin under these fields, uncached.
    ///
    /// # Errors
    /// [`Unreachable`].
    fn pass_to_origin(&mut self, request: Request<()>)
    -> Result<Response<Self::Body>, Unreachable>;

    /// Asks the mirror for a file: the answer's head, and its body still at the mirror.
    ///
    /// # Errors
    /// [`Unreachable`].
    fn fetch_from_mirror(
        &mut self,
        request: Request<()>,
    ) -> Result<Response<Self::Body>, Unreachable>;

    /// Asks a repository for a file, likewise. `backend` is the policy's name for it.
    ///
    /// # Errors
    /// [`Unreachable`].
    fn fetch_from_repository(
        &mut self,
        backend: &str,
        request: Request<()>,
    ) -> Result<Response<Self::Body>, Unreachable>;
}

/// What a cache holds for a key.
pub enum Lookup<L> {
    /// An entry whose time is not over.
    Hit(Vec<u8>),
    /// This request is the leader: it must [`Platform::insert`] or [`Platform::release`].
    Lead(L),
    /// Another request has been fetching it for too long.
    Busy,
    /// The cache is of no help right now: neither look up nor insert.
    Unavailable,
}

/// What goes into the cache, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The bytes.
    pub content: Vec<u8>,
    /// For how long lookups find it, in seconds.
    pub seconds: u64,
    /// Whether it opens doors, so that the cache must keep it to itself.
    pub sensitive: bool,
}

/// An upstream that gave no answer: refused, timed out, broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreachable;
