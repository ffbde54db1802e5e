//! Entity tags (RFC 9110, 8.8.3).

use http::header::{AsHeaderName, HeaderMap};

/// An entity tag, as in `"a"` or `W/"a"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EntityTag<'t> {
    is_weak: bool,
    /// What stands between the quotes: bytes, since older servers went beyond ASCII.
    opaque: &'t [u8],
}

impl<'t> EntityTag<'t> {
    /// The strong tag with that text.
    pub(super) fn strong(text: &'t str) -> Self {
        Self {
            is_weak: false,
            opaque: text.as_bytes(),
        }
    }

    /// The tag that makes up the whole of `text`.
    pub(super) fn read(text: &'t [u8]) -> Option<Self> {
        match Self::read_first(text)? {
            (tag, []) => Some(tag),
            _ => None,
        }
    }

    /// The tag at the beginning of `text`, and what comes after it.
    fn read_first(text: &'t [u8]) -> Option<(Self, &'t [u8])> {
        // Of all the names in HTTP, this one has a case.
        let (is_weak, quoted) = match text.strip_prefix(b"W/") {
            Some(quoted) => (true, quoted),
            None => (false, text),
        };
        let unquoted = quoted.strip_prefix(b"\"")?;
        let end = unquoted.iter().position(|&byte| byte == b'"')?;
        let (opaque, rest) = (unquoted.get(..end)?, unquoted.get(end + 1..)?);
        let is_etagc = |byte: &u8| matches!(byte, 0x21 | 0x23..=0x7e | 0x80..);
        opaque
            .iter()
            .all(is_etagc)
            .then_some((Self { is_weak, opaque }, rest))
    }

    /// Strong comparison: the same bytes, and both tags say so.
    pub(super) fn is_strongly(self, other: Self) -> bool {
        !self.is_weak && !other.is_weak && self.opaque == other.opaque
    }

    /// Weak comparison: one may stand for the other.
    pub(super) fn is_weakly(self, other: Self) -> bool {
        self.opaque == other.opaque
    }
}

/// What `If-Match` or `If-None-Match` names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named<'t> {
    /// `*`: whatever there is.
    Anything,
    /// These. A field that is not a list of entity tags names none.
    Tags(Vec<EntityTag<'t>>),
}

impl<'t> Named<'t> {
    /// What the field names, in one line or several; `None` when it is absent.
    pub(super) fn in_field(headers: &'t HeaderMap, field: impl AsHeaderName) -> Option<Self> {
        let lines: Vec<_> = (headers.get_all(field).iter())
            .map(|value| value.as_bytes().trim_ascii())
            .collect();
        match *lines {
            [] => None,
            [b"*"] => Some(Self::Anything),
            _ => {
                let tags: Option<Vec<_>> = lines.into_iter().map(list).collect();
                Some(Self::Tags(tags.unwrap_or_default().concat()))
            }
        }
    }

    /// Whether a tag that `is_own` is among them.
    pub(super) fn includes(&self, is_own: impl Fn(EntityTag<'t>) -> bool) -> bool {
        match self {
            Self::Anything => true,
            Self::Tags(tags) => tags.iter().any(|&tag| is_own(tag)),
        }
    }
}

/// The members of a list; empty ones do not count (RFC 9110, 5.6.1.2).
fn list(text: &[u8]) -> Option<Vec<EntityTag<'_>>> {
    let mut tags = Vec::new();
    let mut rest = text.trim_ascii_start();
    // A tag may hold commas, so the list cannot be split at them.
    while let Some(next) = rest.first() {
        if *next != b',' {
            let (tag, after) = EntityTag::read_first(rest)?;
            tags.push(tag);
            rest = after.trim_ascii_start();
        }
        match rest.split_first() {
            Some((b',', after)) => rest = after.trim_ascii_start(),
            Some(_) => return None,
            None => {}
        }
    }
    Some(tags)
}

#[cfg(test)]
mod tests;
