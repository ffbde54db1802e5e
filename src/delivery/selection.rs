//! The selection: what of a file its reader gets, by their request and the file's record alone.

use http::Method;
use http::header::{IF_RANGE, USER_AGENT};

use super::bodiless::Bodiless;
use super::entity_tag::EntityTag;
use super::precondition::{self, Unmet};
use super::range::{Extent, Part};
use crate::contract::FileRecord;
use crate::request::Request;

/// What of a file its reader gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Selection {
    /// Bytes, which somebody else has: a part, or all if none.
    Bytes(Option<Part>),
    /// None, which the edge says by itself.
    Bodiless(Bodiless),
}

impl Selection {
    /// What `request` selects of a file that is the answer, in the order of RFC 9110, 13.2.2:
    /// preconditions, then ranges. Only GET has ranges (14.2).
    pub(super) fn of_file(request: &Request, file: &FileRecord) -> Self {
        let text = file.digest.to_string();
        let own = EntityTag::strong(&text);
        match precondition::judge(&request.headers, own) {
            Err(Unmet::Match) => return Self::Bodiless(Bodiless::PreconditionFailed),
            Err(Unmet::NoneMatch) => return Self::Bodiless(Bodiless::NotModified),
            Ok(()) => {}
        }
        if request.method != Method::GET || !precondition::range_counts(&request.headers, own) {
            return Self::Bytes(None);
        }
        match Extent::of(&request.headers, file.size) {
            Extent::Whole => Self::Bytes(None),
            Extent::Part(part) => Self::Bytes(Some(part)),
            // With `--fail`, 416 ends curl's whole batch, so Azul says it otherwise. Others repeat
            // a 206 that brings them nothing.
            Extent::End if is_curl(request) => Self::Bodiless(Bodiless::Finished),
            Extent::End | Extent::Beyond => Self::Bodiless(Bodiless::RangeNotSatisfiable),
        }
    }

    /// What `request` selects of a file to which the answer leads. Preconditions do not count there
    /// (13.2.1), and ranges are for the place itself, with one exception: it would say 416 to a
    /// curl that has all of the file. Whether a range counts with `If-Range`, the place has to say.
    pub(super) fn of_place(request: &Request, file: &FileRecord) -> Self {
        let is_plain = request.method == Method::GET && !request.headers.contains_key(IF_RANGE);
        match Extent::of(&request.headers, file.size) {
            Extent::End if is_plain && is_curl(request) => Self::Bodiless(Bodiless::Finished),
            _ => Self::Bytes(None),
        }
    }
}

/// Whether the client is curl, by its own account.
fn is_curl(request: &Request) -> bool {
    let agent = request.headers.get(USER_AGENT);
    agent.is_some_and(|agent| agent.as_bytes().starts_with(b"curl/"))
}

#[cfg(test)]
mod tests;
