//! What a stand-in remembers of a request.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::http::HeaderValue;
use axum::http::request::Parts;
use url::form_urlencoded;

/// A request that reached a stand-in.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The method, as in "GET".
    pub method: String,
    /// The path with its query, as received.
    pub path: String,
    /// Names (lower case) and values in the order received.
    pub headers: Vec<(String, String)>,
    /// The body as received.
    pub body: Bytes,
}

impl Recorded {
    /// A request that was read to its end.
    pub(crate) fn of(request: &Parts, body: Bytes) -> Self {
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Self {
            method: request.method.to_string(),
            path: request.uri.to_string(),
            headers: request
                .headers
                .iter()
                .map(|(name, value)| (name.to_string(), text(value)))
                .collect(),
            body,
        }
    }

    /// The body as a form: names and values. If a name repeats, its last value counts.
    pub fn form(&self) -> BTreeMap<String, String> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// The first value of a field, its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}
