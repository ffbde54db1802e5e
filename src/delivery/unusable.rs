//! What is wrong with an upstream's answer: why the client does not get it.

use http::header::{AsHeaderName, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE};
use http::{HeaderMap, HeaderName, StatusCode};

use super::range::{Part, number};
use crate::contract::FileRecord;

/// The digest of a whole file (RFC 9530, 3).
pub(super) const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");

/// Why an answer is not passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// It is about another file than the record: one of the two is old.
    Contradicting(&'static str),
    /// Its content is not the file's bytes, but an encoding of them.
    Encoded,
    /// It brings the whole file to whoever asked for a part. A client that has the beginning would
    /// fail on it, whenever it comes back.
    IgnoringRanges,
    /// It says that whoever should answer is in trouble, or asked too much.
    Trouble,
    /// It is no answer to what was asked.
    Wrong(&'static str),
}

impl Unusable {
    /// What an upstream did, in words, for the log.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Contradicting(told) | Self::Wrong(told) => told,
            Self::Trouble => "says that it is in trouble",
            Self::Encoded => "sent the file encoded",
            Self::IgnoringRanges => "sent the whole file to a request for a part",
        }
    }
}

/// Checks that an answer is what was asked for: `part` of the file, or all of it if none.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(
    status: StatusCode,
    headers: &HeaderMap,
    file: &FileRecord,
    part: Option<Part>,
) -> Result<(), Unusable> {
    match (status, part) {
        (StatusCode::OK, _) => {
            check_coding(headers)?;
            check_digest(headers, file)?;
            check_size(texts(headers, CONTENT_LENGTH), file)?;
            part.map_or(Ok(()), |_| Err(Unusable::IgnoringRanges))
        }
        (StatusCode::PARTIAL_CONTENT, Some(part)) => {
            check_coding(headers)?;
            check_digest(headers, file)?;
            check_size(complete_lengths(headers), file)?;
            check_part(headers, part)
        }
        (StatusCode::PARTIAL_CONTENT, None) => {
            Err(Unusable::Wrong("sent a part that nobody asked for"))
        }
        (StatusCode::RANGE_NOT_SATISFIABLE, _) => {
            check_size(complete_lengths(headers), file)?;
            Err(Unusable::Wrong("does not have a part of its own file"))
        }
        (StatusCode::NOT_MODIFIED | StatusCode::PRECONDITION_FAILED, _) => {
            Err(Unusable::Wrong("judged a condition that nobody set"))
        }
        (status, _) if is_trouble(status) => Err(Unusable::Trouble),
        _ => Err(Unusable::Wrong("answered with a status that does not fit")),
    }
}

/// What passes by itself. Of these statuses, a server may say when to come back.
fn is_trouble(status: StatusCode) -> bool {
    status.is_server_error()
        || matches!(
            status,
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS
        )
}

fn check_coding(headers: &HeaderMap) -> Result<(), Unusable> {
    let mut codings = texts(headers, CONTENT_ENCODING);
    match codings.all(|coding| coding.eq_ignore_ascii_case("identity")) {
        true => Ok(()),
        false => Err(Unusable::Encoded),
    }
}

fn check_digest(headers: &HeaderMap, file: &FileRecord) -> Result<(), Unusable> {
    match texts(headers, REPR_DIGEST).any(|told| file.digest.is_contradicted_by(told)) {
        true => Err(Unusable::Contradicting(
            "says that its file has another digest",
        )),
        false => Ok(()),
    }
}

/// Checks what an answer says of the whole file's length, if it says anything.
fn check_size<'h>(
    mut told: impl Iterator<Item = &'h str>,
    file: &FileRecord,
) -> Result<(), Unusable> {
    match told.all(|told| number(told) == Some(file.size)) {
        true => Ok(()),
        false => Err(Unusable::Contradicting(
            "says that its file has another length",
        )),
    }
}

/// Checks that the content is that part, and that it says so.
fn check_part(headers: &HeaderMap, part: Part) -> Result<(), Unusable> {
    let expected = part.content_range();
    let mut told = texts(headers, CONTENT_RANGE);
    let is_named = told
        .next()
        .is_some_and(|own| own.eq_ignore_ascii_case(&expected))
        && told.next().is_none();
    let is_whole = texts(headers, CONTENT_LENGTH).all(|told| number(told) == Some(part.length()));
    match is_named && is_whole {
        true => Ok(()),
        false => Err(Unusable::Wrong(
            "sent another part than the one that it was asked for",
        )),
    }
}

/// How long the whole is, by `Content-Range`; an asterisk does not say.
fn complete_lengths(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let ranges = texts(headers, CONTENT_RANGE).filter_map(|range| range.split_once('/'));
    ranges
        .map(|(_, length)| length)
        .filter(|length| *length != "*")
}

/// The lines of a field; one that is no text is empty, and so is none of what is expected.
fn texts(headers: &HeaderMap, name: impl AsHeaderName) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(name).into_iter();
    lines.map(|value| value.to_str().unwrap_or_default())
}

#[cfg(test)]
mod tests;
