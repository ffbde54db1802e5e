//! Ranges of a file's bytes (RFC 9110, 14).

use http::HeaderValue;
use http::header::{HeaderMap, RANGE};

/// A part of a file: at least one byte, and none beyond its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    first: u64,
    last: u64,
    size: u64,
}

impl Part {
    /// How many bytes it has.
    pub(super) fn length(self) -> u64 {
        self.last - self.first + 1
    }

    /// The `Range` that asks for it, spelled in the one way that leaves nothing open.
    pub(super) fn range(self) -> String {
        let Self { first, last, .. } = self;
        format!("bytes={first}-{last}")
    }

    /// The `Content-Range` that comes with it.
    pub(super) fn content_range(self) -> String {
        let Self { first, last, size } = self;
        format!("bytes {first}-{last}/{size}")
    }
}

/// How much of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// A part.
    Part(Part),
    /// What comes after its end: the client has all of it.
    ///
    /// That is what `curl --continue-at -` asks for when a file is finished.
    End,
    /// A part that it does not have.
    Beyond,
}

/// What a `Range` of one part selects, of a file of any size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Selector {
    /// `n-`
    From(u64),
    /// `a-b`
    Between(u64, u64),
    /// `-n`
    Last(u64),
}

impl Extent {
    /// What `Range` asks for, of a file of `size` bytes.
    ///
    /// A range that does not count asks for all: of other units (14.2), malformed, or of several
    /// parts. These would be answered in a form that no record describes; a server may ignore them.
    pub(super) fn of(headers: &HeaderMap, size: u64) -> Self {
        let mut lines = headers.get_all(RANGE).iter();
        let (Some(range), None) = (lines.next(), lines.next()) else {
            return Self::Whole;
        };
        Selector::read(range).map_or(Self::Whole, |selector| selector.of(size))
    }
}

impl Selector {
    fn read(range: &HeaderValue) -> Option<Self> {
        let (unit, set) = range.to_str().ok()?.split_once('=')?;
        if !unit.eq_ignore_ascii_case("bytes") {
            return None;
        }
        let mut members = (set.split(',').map(str::trim)).filter(|member| !member.is_empty());
        let (Some(only), None) = (members.next(), members.next()) else {
            return None;
        };
        let (first, last) = only.split_once('-')?;
        match (number(first), number(last)) {
            (Some(first), Some(last)) => (first <= last).then_some(Self::Between(first, last)),
            (Some(first), None) if last.is_empty() => Some(Self::From(first)),
            (None, Some(length)) if first.is_empty() => Some(Self::Last(length)),
            _ => None,
        }
    }

    /// What it selects of a file of that size (14.1.2).
    fn of(self, size: u64) -> Extent {
        let (first, last) = match self {
            Self::From(first) if first == size && size > 0 => return Extent::End,
            Self::Last(0) => return Extent::Beyond,
            Self::From(first) => (first, u64::MAX),
            Self::Between(first, last) => (first, last),
            Self::Last(length) => (size.saturating_sub(length), u64::MAX),
        };
        match size.checked_sub(1) {
            Some(end) if first <= end => Extent::Part(Part {
                first,
                last: last.min(end),
                size,
            }),
            // An empty file has no part. From its first byte on, it is all there.
            None if first == 0 => Extent::Whole,
            _ => Extent::Beyond,
        }
    }
}

/// Digits and nothing else: `str::parse` takes a plus sign too. No file is longer than the longest
/// number, so that one stands for all above it.
pub(super) fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests;
