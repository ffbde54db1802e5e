//! An access token of the identity provider.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest token that is looked at, in bytes. Google documents at most 2,048.
const MAXIMUM_LENGTH: usize = 4_096;

/// An access token, as in `ya29.…`: written on command lines and in the store, never shown by
/// `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccessToken(String);

/// Why a text is not an access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a token of letters, digits and -._~+/=, at most {MAXIMUM_LENGTH} bytes long")]
pub struct NotAnAccessToken;

impl AccessToken {
    /// The token, to be given to its user or to the edge.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AccessToken {
    type Error = NotAnAccessToken;

    /// The grammar of RFC 6750, 2.1. It leaves nothing that a shell could take for its own.
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let body = text.trim_end_matches('=');
        let good = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
        if body.is_empty() || text.len() > MAXIMUM_LENGTH || !body.bytes().all(good) {
            return Err(NotAnAccessToken);
        }
        Ok(Self(text))
    }
}

impl From<AccessToken> for String {
    fn from(token: AccessToken) -> Self {
        token.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(…)")
    }
}

#[cfg(test)]
mod tests;
