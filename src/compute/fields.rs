//! Fields, copied from the host's memory.

use http::{HeaderMap, HeaderName, HeaderValue};

/// The fields of a request or an answer; `None` when there are more than the program can hold.
pub(super) fn of<'h>(
    fields: impl Iterator<Item = (&'h HeaderName, &'h HeaderValue)>,
) -> Option<HeaderMap> {
    let mut copied = HeaderMap::new();
    for (name, value) in fields {
        copied.try_append(name.clone(), value.clone()).ok()?;
    }
    Some(copied)
}
