use axum::extract::Request;
use axum::http::HeaderValue;

/// A request that reached a stand-in.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The method, as in "GET".
    pub method: String,
    /// The path with its query, as received.
    pub path: String,
    /// Names (lower case) and values in the order received.
    pub headers: Vec<(String, String)>,
}

impl Recorded {
    /// All of `request` but its body.
    pub(crate) fn of(request: &Request) -> Self {
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Self {
            method: request.method().to_string(),
            path: request.uri().to_string(),
            headers: request
                .headers()
                .iter()
                .map(|(name, value)| (name.to_string(), text(value)))
                .collect(),
        }
    }

    /// The first value of a field, its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}
