//! A media type (RFC 9110, 8.3.1).

use http::HeaderValue;
use serde::{Deserialize, Serialize};

/// A media type that can stand in a `Content-Type` header as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MediaType(String);

/// Why a text is not a media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a media type such as text/plain")]
pub struct NotAMediaType;

impl MediaType {
    /// As in `text/plain; charset=utf-8`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MediaType {
    type Error = NotAMediaType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let essence = text.split(';').next().unwrap_or_default();
        let well_formed = matches!(essence.split_once('/'), Some((kind, subtype)) if !kind.is_empty() && !subtype.trim_end().is_empty());
        let printable = text.is_ascii() && HeaderValue::from_str(&text).is_ok();
        if !(well_formed && printable) {
            return Err(NotAMediaType);
        }
        Ok(Self(text))
    }
}

impl From<MediaType> for String {
    fn from(media_type: MediaType) -> Self {
        media_type.0
    }
}

#[cfg(test)]
mod tests;
