//! Entries of the cache that all sandboxes of a place share.

/// What a cache holds for a key.
pub enum Lookup<L> {
    /// An entry whose time is not over.
    Hit(Vec<u8>),
    /// This request is the leader: it must [`super::Platform::insert`] or
    /// [`super::Platform::release`].
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
