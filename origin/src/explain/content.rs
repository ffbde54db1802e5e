//! A mirror or repository that has every file as its record says.

use axum::http::header::{CONTENT_LENGTH, CONTENT_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};

/// What it answers to these fields, about a file of `size` bytes.
pub(super) fn answer(fields: &HeaderMap, size: u64) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    let Some(part) = fields.get(RANGE).and_then(|range| Part::of(range, size)) else {
        response.headers_mut().insert(CONTENT_LENGTH, size.into());
        return response;
    };
    let (status, content_range) = match part {
        Part::Unsatisfiable => (StatusCode::RANGE_NOT_SATISFIABLE, format!("bytes */{size}")),
        Part::Bytes { first, last } => (
            StatusCode::PARTIAL_CONTENT,
            format!("bytes {first}-{last}/{size}"),
        ),
    };
    *response.status_mut() = status;
    if let Ok(value) = HeaderValue::try_from(content_range) {
        response.headers_mut().insert(CONTENT_RANGE, value);
    }
    response
}

/// What a range selects.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Bytes { first: u64, last: u64 },
    Unsatisfiable,
}

impl Part {
    /// `None` for what is not a range of bytes, which a server ignores (RFC 9110, 14.2).
    fn of(range: &HeaderValue, size: u64) -> Option<Self> {
        let (first, last) = range
            .to_str()
            .ok()?
            .strip_prefix("bytes=")?
            .split_once('-')?;
        let (first, last) = match (number(first), number(last)) {
            (Some(first), _) if last.is_empty() => (first, u64::MAX),
            (Some(first), Some(last)) if first <= last => (first, last),
            (None, Some(0)) if first.is_empty() => (size, u64::MAX),
            (None, Some(length)) if first.is_empty() => (size.saturating_sub(length), u64::MAX),
            _ => return None,
        };
        Some(match first < size {
            true => Self::Bytes {
                first,
                last: last.min(size - 1),
            },
            false => Self::Unsatisfiable,
        })
    }
}

fn number(digits: &str) -> Option<u64> {
    let only_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    only_digits.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests;
