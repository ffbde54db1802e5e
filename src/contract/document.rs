//! What all documents of the origin have in common.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::time::UnixTime;

/// A document of the origin.
pub trait Document: Serialize + DeserializeOwned {
    /// The reason in the origin's problem document when it does not have the document. A 404
    /// without it is not the origin's word: something else may be answering in its place.
    const ABSENT: &'static str;

    /// Until when it may be used: without asking again, and while the origin cannot be reached.
    fn until(&self) -> (UnixTime, UnixTime);
    /// The same document, to be used until then.
    #[must_use]
    fn lasting(self, fresh_until: UnixTime, stale_until: UnixTime) -> Self;
    /// Whether it opens doors.
    const SENSITIVE: bool = false;
    /// Whether it is about the token's own subject: what the origin says against the token then
    /// counts against the spare copy too.
    const PERSONAL: bool = false;
}
