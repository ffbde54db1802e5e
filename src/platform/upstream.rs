//! Upstreams: whom the edge sends requests to.

/// Where a request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upstream<'n> {
    /// The origin service.
    Origin,
    /// The mirror.
    Mirror,
    /// A repository of what is not mirrored: the backend of that name.
    Repository(&'n str),
}

/// The body of a request that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    /// None.
    Empty,
    /// The client's own, handed on without a look.
    Clients,
}

/// An upstream that gave no answer: refused, timed out, broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreachable;

/// A body that was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It broke off.
    BrokenOff,
    /// It is longer than was allowed.
    TooLong,
}
