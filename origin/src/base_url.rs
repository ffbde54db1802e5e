//! The URL under which users reach the service.

use std::fmt;
use std::str::FromStr;

use url::Url;

/// As in `https://service.azul.example`: scheme and host, no trailing slash. It begins every link
/// and is the `iss` of every AZAT, so it has exactly one spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

/// Why a text is not a base URL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotABaseUrl {
    /// Not http(s), or more than scheme, host and port.
    #[error("expected http://HOST or https://HOST, without user, path, query or fragment")]
    Form,
    /// Right, but not as URLs are normally spelled; `iss` is compared byte for byte.
    #[error("expected the normal spelling, {0}")]
    Spelling(String),
}

impl BaseUrl {
    /// The URL, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BaseUrl {
    type Err = NotABaseUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let url = Url::parse(text).map_err(|_| NotABaseUrl::Form)?;
        let bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !(bare && matches!(url.scheme(), "http" | "https")) {
            return Err(NotABaseUrl::Form);
        }
        let normal = url.origin().ascii_serialization();
        if text != normal {
            return Err(NotABaseUrl::Spelling(normal));
        }
        Ok(Self(normal))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
