//! What the client would get, as far as it is shown.

use axum::http::Response;
use axum::http::header::LOCATION;
use azat_edge::answer::Body;
use serde::Serialize;
use serde_json::Value;
use url::Url;

/// An answer without what may open doors: the queries of the URLs in it are cut off.
#[derive(Serialize)]
pub(super) struct ShownAnswer {
    /// The status.
    pub(super) status: u16,
    /// Names and values of the fields.
    pub(super) headers: Vec<(String, String)>,
    /// The body, where the edge makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Value>,
}

impl ShownAnswer {
    pub(super) fn of(response: &Response<Body<Vec<u8>>>) -> Self {
        let headers = (response.headers().iter()).map(|(name, value)| {
            let text = String::from_utf8_lossy(value.as_bytes());
            let shown = match *name == LOCATION {
                true => without_query(&text),
                false => text.into_owned(),
            };
            (name.as_str().to_owned(), shown)
        });
        let body = match response.body() {
            Body::Text(text) => serde_json::from_str(text).ok().map(shown_body),
            Body::Empty | Body::Upstream(_) => None,
        };
        Self {
            status: response.status().as_u16(),
            headers: headers.collect(),
            body,
        }
    }

    /// The value of a field.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }
}

fn shown_body(mut body: Value) -> Value {
    if let Some(Value::String(location)) = body.get_mut("Location") {
        *location = without_query(location);
    }
    body
}

fn without_query(text: &str) -> String {
    match text.parse::<Url>() {
        Ok(mut url) if url.query().is_some() => {
            url.set_query(Some("\u{2026}"));
            url.as_str().replace("%E2%80%A6", "\u{2026}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
