//! Requests, from words of a command line or from lines.
//!
//! A fault never quotes what it is about: it may be a token.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use azat_edge::request::Request;
use url::Url;

/// Why something is not a request.
pub type Fault = &'static str;

/// The request that these words describe. A URL that is only a path is under `base_url`.
///
/// # Errors
/// What is wrong with the words.
pub fn of_words(
    method: &OsStr,
    url: &OsStr,
    headers: &[impl AsRef<OsStr>],
    base_url: &Url,
) -> Result<Request, Fault> {
    const EXPECTED: &str = "-H: expected NAME: VALUE";
    let mut fields = HeaderMap::new();
    for header in headers {
        let header = header.as_ref().as_bytes();
        let colon = header
            .iter()
            .position(|byte| *byte == b':')
            .ok_or(EXPECTED)?;
        let (name, value) = header.split_at(colon);
        append(&mut fields, name, value.strip_prefix(b":").unwrap_or(value))?;
    }
    Ok(Request {
        method: self::method(method.as_bytes())?,
        url: self::url(url.to_str().ok_or(URL_EXPECTED)?, base_url)?,
        headers: fields,
    })
}

/// The request of these parts.
pub(super) fn of_parts(
    method: &str,
    url: &str,
    headers: &[(String, String)],
    base_url: &Url,
) -> Result<Request, Fault> {
    let mut fields = HeaderMap::new();
    for (name, value) in headers {
        append(&mut fields, name.as_bytes(), value.as_bytes())?;
    }
    Ok(Request {
        method: self::method(method.as_bytes())?,
        url: self::url(url, base_url)?,
        headers: fields,
    })
}

fn method(method: &[u8]) -> Result<Method, Fault> {
    Method::from_bytes(method).map_err(|_| "method: expected one word, as in GET")
}

fn append(fields: &mut HeaderMap, name: &[u8], value: &[u8]) -> Result<(), Fault> {
    let name =
        HeaderName::from_bytes(name).map_err(|_| "header: its name is not one of a field")?;
    let value = HeaderValue::from_bytes(trimmed(value))
        .map_err(|_| "header: its value cannot stand in a field")?;
    (fields.try_append(name, value)).map_err(|_| "header: there are too many")?;
    Ok(())
}

/// A value without the white space around it, which is not part of it (RFC 9110, 5.5).
fn trimmed(value: &[u8]) -> &[u8] {
    let is_text = |byte: &u8| !matches!(byte, b' ' | b'\t');
    let (Some(first), Some(last)) = (
        value.iter().position(is_text),
        value.iter().rposition(is_text),
    ) else {
        return &[];
    };
    value.get(first..=last).unwrap_or_default()
}

const URL_EXPECTED: &str =
    "url: expected http:// or https:// without user and password, or a path that begins with /";

/// A URL as it reaches the edge: without fragment, and under the policy's base where it is only a
/// path.
fn url(text: &str, base_url: &Url) -> Result<Url, Fault> {
    // Joined as texts: a path that begins with two slashes does not name a host.
    let absolute = match text.starts_with('/') {
        true => format!("{}{text}", base_url.as_str().trim_end_matches('/')),
        false => text.to_owned(),
    };
    let mut url = Url::parse(&absolute).map_err(|_| URL_EXPECTED)?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none();
    if !plain {
        return Err(URL_EXPECTED);
    }
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests;
