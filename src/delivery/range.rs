//! Ranges of a file's bytes (RFC 9110, 14).

use http::header::{
    HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE,
};
use http::{HeaderValue, Method};

use crate::request::Request;

/// The fields that make a request conditional (RFC 9110, 13.1).
pub(super) const CONDITIONS: [HeaderName; 5] = [
    IF_RANGE,
    IF_MATCH,
    IF_NONE_MATCH,
    IF_MODIFIED_SINCE,
    IF_UNMODIFIED_SINCE,
];

/// How much of a file a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it: no range, or one that does not count. Only GET has ranges, and several at once
    /// would be answered in a form that no record describes; a server may ignore them.
    Whole,
    /// One range, as the client put it.
    Part(HeaderValue),
    /// What comes after its end: the client has it all.
    ///
    /// That is what `curl --continue-at -` asks for when a file is finished. By the book the answer
    /// is 416, but with `--fail` that ends a whole batch, so Azul answers 206 without content.
    Nothing,
}

impl Extent {
    /// What `request` asks for of a file of `size` bytes.
    pub(super) fn of(request: &Request, size: u64) -> Self {
        let mut ranges = request.headers.get_all(RANGE).iter();
        let (Some(range), None) = (ranges.next(), ranges.next()) else {
            return Self::Whole;
        };
        let Some(single) = (range.to_str().ok()).filter(|range| !range.contains(',')) else {
            return Self::Whole;
        };
        if request.method != Method::GET {
            return Self::Whole;
        }
        let conditional = CONDITIONS
            .iter()
            .any(|name| request.headers.contains_key(name));
        let after_end = single
            .strip_prefix("bytes=")
            .and_then(|rest| rest.strip_suffix('-'));
        match after_end.and_then(number) {
            Some(first) if first == size && !conditional => Self::Nothing,
            _ => Self::Part(range.clone()),
        }
    }
}

/// The length of the part that `Content-Range: bytes <first>-<last>/<size>` announces, if it is a
/// part of a file of that size.
pub(super) fn length_of_part(content_range: &HeaderValue, size: u64) -> Option<u64> {
    let (range, whole) = content_range
        .to_str()
        .ok()?
        .strip_prefix("bytes ")?
        .split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last) = (number(first)?, number(last)?);
    (number(whole)? == size && first <= last && last < size).then(|| last - first + 1)
}

/// Digits and nothing else: `str::parse` takes a plus sign too.
fn number(digits: &str) -> Option<u64> {
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests;
