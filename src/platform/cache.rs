//! Entries of the cache that all sandboxes of a place share.

/// What comes of joining those who want an entry.
pub enum Lookup<L> {
    /// There is one: it was there, or another request has just brought it.
    Hit(Vec<u8>),
    /// This request is the leader: it must [`super::Platform::insert`] or
    /// [`super::Platform::release`]. To drop the lead is to release it.
    Lead(L),
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
    /// For how long after that it is still found, while [`super::Platform::contend`] has one winner
    /// who may put another in its place.
    pub contended_seconds: u64,
    /// Whether it opens doors, so that the cache must keep it to itself.
    pub sensitive: bool,
}

impl Entry {
    /// An entry that opens no doors, and that nobody contends for.
    pub fn new(content: Vec<u8>, seconds: u64) -> Self {
        Self {
            content,
            seconds,
            contended_seconds: 0,
            sensitive: false,
        }
    }
}
