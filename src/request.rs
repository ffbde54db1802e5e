//! A request as the edge decides on it: everything but its body.

use std::borrow::Cow;

use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use url::Url;

/// Method, target and fields of a request.
#[derive(Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The target, absolute; dot segments are already resolved (WHATWG URL, as [`Url`] does it).
    pub url: Url,
    /// The fields.
    pub headers: HeaderMap,
}

impl Request {
    /// The path's segments, decoded; `None` when the path can be read in more than one way.
    ///
    /// Routing, deciding and forwarding all use this one reading. A path with empty segments,
    /// encoded slashes or backslashes, dot segments or control characters is refused, not repaired.
    pub fn segments(&self) -> Option<Vec<Cow<'_, str>>> {
        let path = self.url.path().strip_prefix('/')?;
        path.split('/').map(decode_segment).collect()
    }

    /// The only value of query parameter `name`, decoded.
    ///
    /// # Errors
    /// [`Repeated`] when there are several.
    pub fn parameter(&self, name: &str) -> Result<Option<Cow<'_, str>>, Repeated> {
        let mut values =
            (self.url.query_pairs()).filter_map(|(own, value)| (own == name).then_some(value));
        let first = values.next();
        match values.next() {
            Some(_) => Err(Repeated),
            None => Ok(first),
        }
    }
}

/// A query parameter that stands in the query more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeated;

fn decode_segment(segment: &str) -> Option<Cow<'_, str>> {
    let decoded = percent_decode_str(segment).decode_utf8().ok()?;
    let ambiguous = matches!(decoded.as_ref(), "" | "." | "..")
        || decoded.contains(|c: char| matches!(c, '/' | '\\') || c.is_control());
    (!ambiguous).then_some(decoded)
}

#[cfg(test)]
mod tests;
