//! A request as the edge decides on it: everything but its body.

use std::borrow::Cow;

use http::header::HOST;
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use url::Url;

/// The longest URL that is looked at, in bytes. Platforms refuse longer ones at 64 KiB, and what is
/// passed on must still fit when an authority stands before it.
const LONGEST_URL: usize = 32 * 1024;

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

/// What a client sent in place of a request: what was expected, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable(pub &'static str);

impl Request {
    /// Reads a request.
    ///
    /// `url` is called only when the field Host can be part of a URL: a platform makes the one of
    /// the other, and may break at one that cannot.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn read(
        method: Method,
        headers: HeaderMap,
        url: impl FnOnce() -> Url,
    ) -> Result<Self, Unreadable> {
        let mut hosts = headers.get_all(HOST).iter();
        match (hosts.next(), hosts.next()) {
            // HTTP/2 names the host elsewhere, and HTTP/1.0 need not name one.
            (None, _) => {}
            (Some(host), None) if host.to_str().is_ok_and(is_authority) => {}
            (Some(_), None) => return Err(Unreadable("expected a host in the field Host")),
            (Some(_), Some(_)) => return Err(Unreadable("expected the field Host once")),
        }
        let url = url();
        match url.as_str().len() <= LONGEST_URL {
            true => Ok(Self {
                method,
                url,
                headers,
            }),
            false => Err(Unreadable("expected a URL of at most 32 KiB")),
        }
    }

    /// The path's segments, decoded; `None` when the path can be read in more than one way.
    ///
    /// Routing, deciding and forwarding all use this one reading. A path with empty segments,
    /// encoded slashes or backslashes, dot segments or control characters is refused, not repaired.
    pub fn segments(&self) -> Option<Vec<Cow<'_, str>>> {
        let path = self.url.path().strip_prefix('/')?;
        path.split('/').map(decode_segment).collect()
    }
}

/// Whether a text is a host, with a port if need be, that can stand in a URL.
fn is_authority(text: &str) -> bool {
    let is_bare = |url: Url| {
        let is_named = url.username().is_empty() && url.password().is_none();
        is_named && url.path() == "/" && url.query().is_none() && url.fragment().is_none()
    };
    is_plain_name(text) || Url::parse(&format!("http://{text}/")).is_ok_and(is_bare)
}

/// Whether a text is one of the hosts that need no closer look, as nearly all are: no address, and
/// nothing but ASCII, not even encoded. Reading a URL takes longer than the rest of such a check.
fn is_plain_name(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    let last_label = text.rsplit('.').next().unwrap_or_default();
    last_label.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(is_plain)
        && !text.contains("xn--")
}

fn decode_segment(segment: &str) -> Option<Cow<'_, str>> {
    let decoded = percent_decode_str(segment).decode_utf8().ok()?;
    let ambiguous = matches!(decoded.as_ref(), "" | "." | "..")
        || decoded.contains(|c: char| matches!(c, '/' | '\\') || c.is_control());
    (!ambiguous).then_some(decoded)
}

#[cfg(test)]
mod tests;
