//! Preconditions (RFC 9110, 13): the edge judges them, since it knows a file's validator before any
//! upstream is asked.
//!
//! The validator is the digest of the record, so it is strong, and the same wherever the bytes come
//! from. A file has no modification date (a version does not say when bytes changed), so
//! `If-Modified-Since` and `If-Unmodified-Since` do not count (13.1.3 and 13.1.4), and `If-Range`
//! with a date is false. A field that cannot be read names no tag: whoever sends it is told neither
//! that they have the file nor that it is the one they mean.

use http::header::{HeaderMap, IF_MATCH, IF_NONE_MATCH, IF_RANGE};

use super::entity_tag::{EntityTag, Named};

/// Why a request is not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unmet {
    /// `If-Match`: the file is not one that the client means.
    Match,
    /// `If-None-Match`: the client has the file.
    NoneMatch,
}

/// Judges the preconditions of a request to read, in the order of RFC 9110, 13.2.2.
///
/// # Errors
/// The first that is not met.
pub(super) fn judge(headers: &HeaderMap, own: EntityTag<'_>) -> Result<(), Unmet> {
    let is_met = Named::in_field(headers, IF_MATCH)
        .is_none_or(|named| named.includes(|tag| tag.is_strongly(own)));
    if !is_met {
        return Err(Unmet::Match);
    }
    let is_had = Named::in_field(headers, IF_NONE_MATCH)
        .is_some_and(|named| named.includes(|tag| tag.is_weakly(own)));
    match is_had {
        true => Err(Unmet::NoneMatch),
        false => Ok(()),
    }
}

/// Whether `If-Range` lets `Range` count: it is absent, or one tag that is strongly the file's own.
pub(super) fn range_counts(headers: &HeaderMap, own: EntityTag<'_>) -> bool {
    let mut lines = headers.get_all(IF_RANGE).iter();
    match (lines.next(), lines.next()) {
        (None, _) => true,
        (Some(value), None) => {
            EntityTag::read(value.as_bytes().trim_ascii()).is_some_and(|tag| tag.is_strongly(own))
        }
        (Some(_), Some(_)) => false,
    }
}

#[cfg(test)]
mod tests;
