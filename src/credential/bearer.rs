//! Bearer tokens in the `Authorization` field (RFC 6750, 2.1).

use std::fmt;

use azat_policy::Passage;
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};

use super::place::{self, ONE_CREDENTIAL};
use crate::denial::{Challenge, Denial, Ground};

/// The `Authorization` scheme is not `Bearer`.
pub static SCHEME_UNSUPPORTED: Ground = Ground::refused(
    StatusCode::UNAUTHORIZED,
    "scheme_unsupported",
    "Only the scheme Bearer is supported.",
    ONE_CREDENTIAL,
    &place::STEP,
)
.challenging(Challenge::Bare);

/// `Authorization` is not one scheme and one token.
pub static MALFORMED: Ground = Ground::refused(
    StatusCode::BAD_REQUEST,
    "credential_malformed",
    "The credential cannot be read.",
    ONE_CREDENTIAL,
    &place::STEP,
)
.challenging(Challenge::InvalidRequest);

/// A bearer token. It can be verified and sent on to the origin, but not printed.
#[derive(Clone, Copy)]
pub struct BearerToken<'r>(&'r str);

impl<'r> BearerToken<'r> {
    /// A token that was found.
    pub(crate) fn new(token: &'r str) -> Self {
        Self(token)
    }

    /// The token.
    pub fn token(self) -> &'r str {
        self.0
    }

    /// The value of `Authorization` in its plainest spelling.
    pub fn authorization(self) -> String {
        format!("Bearer {}", self.0)
    }

    /// What kind of token it looks like: nothing is verified yet.
    pub(super) fn kind(self) -> Passage {
        match self.0.starts_with(GOOGLE_PREFIX) {
            true => Passage::Google,
            false => Passage::Jwt,
        }
    }
}

impl fmt::Debug for BearerToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken(…)")
    }
}

/// Google's access tokens begin with this; its documentation promises nothing else about them.
pub(super) const GOOGLE_PREFIX: &str = "ya29.";

/// Finds the one bearer token of a request.
///
/// # Errors
/// [`place::SEVERAL`], [`SCHEME_UNSUPPORTED`], [`MALFORMED`].
pub(super) fn find(headers: &HeaderMap) -> Result<Option<BearerToken<'_>>, Denial> {
    let mut fields = headers.get_all(AUTHORIZATION).iter();
    let Some(field) = fields.next() else {
        return Ok(None);
    };
    if fields.next().is_some() {
        return Err(Denial::from(&place::SEVERAL));
    }
    let text = field.to_str().map_err(|_| &MALFORMED)?;
    let (scheme, rest) = text.split_once(' ').unwrap_or((text, ""));
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Denial::from(&SCHEME_UNSUPPORTED));
    }
    let token = rest.trim_matches(' ');
    if token.is_empty() || !token.bytes().all(is_token68) {
        return Err(Denial::from(&MALFORMED));
    }
    Ok(Some(BearerToken::new(token)))
}

/// The characters of `token68` (RFC 9110, 11.2).
fn is_token68(byte: u8) -> bool {
    is_token_character(byte) || matches!(byte, b'~' | b'+' | b'/' | b'=')
}

/// The characters of compact tokens, and of Google's access tokens.
pub(super) fn is_token_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

#[cfg(test)]
mod tests;
