//! The entitlement of a subject: what it may read.

use serde::{Deserialize, Serialize};

use super::document::{Document, Subject};
use super::file_record::FileRecord;
use super::reason;
use crate::file::Sources;
use crate::time::UnixTime;

/// What the origin says of a subject. One of the two documents on which a decision rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entitlement {
    /// `iss` of the token that the origin verified.
    pub issuer: String,
    /// `sub` of that token.
    pub subject: String,
    /// The sources whose files the subject may read.
    pub sources: Sources,
    /// The `jti` counters that are good, from the first (inclusive) to the last (exclusive).
    /// Revocation moves the first up to the last.
    pub jti_window: (u64, u64),
    /// Tokens issued before this are not good.
    pub not_before: UnixTime,
    /// Grows with every change. Nothing reads it at the edge yet.
    pub revision: u64,
    /// Until when it may be used without asking again.
    pub fresh_until: UnixTime,
    /// Until when it may be used while the origin cannot be reached.
    pub stale_until: UnixTime,
}

impl Entitlement {
    /// Whether it lets the subject of that issuer read a file: the entitlement is theirs, and the
    /// file is public or belongs to one of its sources.
    pub fn admits(&self, issuer: &str, subject: &str, file: &FileRecord) -> bool {
        let is_theirs = self.issuer == issuer && self.subject == subject;
        is_theirs && (file.public || self.sources.contains(&file.source))
    }
}

impl Document for Entitlement {
    type About<'a> = Subject<'a>;

    const ABSENT: &'static str = reason::SESSION_MISSING;
    const PERSONAL: bool = true;

    fn until(&self) -> (UnixTime, UnixTime) {
        (self.fresh_until, self.stale_until)
    }

    fn is_about(&self, asked: Subject<'_>) -> bool {
        self.issuer == asked.issuer && self.subject == asked.subject
    }
}
