//! What all documents of the origin have in common.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::time::UnixTime;

/// The longest document that the edge reads, in bytes: room for some 25,000 sources in an
/// entitlement. The origin's imports refuse what would make a longer one.
pub const MAXIMUM_DOCUMENT: usize = 1024 * 1024;

/// A document of the origin.
pub trait Document: Serialize + DeserializeOwned {
    /// What such a document is about.
    type About<'a>: Copy;

    /// The reason in the origin's problem document when it does not have the document. A 404
    /// without it is not the origin's word: something else may be answering in its place.
    const ABSENT: &'static str;

    /// Whether it opens doors.
    const SENSITIVE: bool = false;
    /// Whether it is about the token's own subject: what the origin says against the token then
    /// counts against what is kept of the document too.
    const PERSONAL: bool = false;

    /// What stands beside the word that there is none, so that reading it takes no less time than
    /// reading a document that is not for the reader.
    fn stand_in() -> Option<Self> {
        None
    }

    /// Until when it may be used: without asking again, and while the origin cannot be reached.
    fn until(&self) -> (UnixTime, UnixTime);

    /// Whether it is about that. A connection that is out of step brings the answer to somebody
    /// else's question.
    fn is_about(&self, asked: Self::About<'_>) -> bool;
}

/// The subject of a token, as the origin verified it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject<'a> {
    /// `iss`; empty where the token has none.
    pub issuer: &'a str,
    /// `sub`.
    pub subject: &'a str,
}
