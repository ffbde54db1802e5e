//! Tokens in the URL, which end up in logs and histories: refused before any system looks.

use std::borrow::Cow;

use http::StatusCode;
use percent_encoding::percent_decode_str;
use url::Url;

use super::bearer::{GOOGLE_PREFIX, is_token_character};
use super::place::{ONE_CREDENTIAL, STEP};
use crate::denial::{Challenge, Denial, Ground};

/// The URL holds what looks like a token.
pub static TOKEN_IN_URL: Ground = Ground::refused(
    StatusCode::BAD_REQUEST,
    "token_in_url",
    "A token may not be sent in the URL.",
    ONE_CREDENTIAL,
    &STEP,
)
.challenging(Challenge::InvalidRequest);

/// Refuses a URL that holds a token anywhere, even where somebody encoded it once too often.
///
/// # Errors
/// [`TOKEN_IN_URL`].
pub(super) fn check(url: &Url) -> Result<(), Denial> {
    let parts = [url.path(), url.query().unwrap_or_default()];
    match parts.iter().any(|written| holds_token(written, 2)) {
        true => Err(Denial::from(&TOKEN_IN_URL)),
        false => Ok(()),
    }
}

/// Whether a text holds a token, as it is, or after percent-decoding it at most `decodings` times.
fn holds_token(text: &str, decodings: usize) -> bool {
    let mut words = text.as_bytes().split(|byte| !is_token_character(*byte));
    if words.any(|word| looks_like_jwt(word) || word.starts_with(GOOGLE_PREFIX.as_bytes())) {
        return true;
    }
    if decodings == 0 {
        return false;
    }
    match percent_decode_str(text).decode_utf8_lossy() {
        Cow::Owned(decoded) => holds_token(&decoded, decodings - 1),
        Cow::Borrowed(_) => false,
    }
}

/// Whether a text has the outline of a compact JWS or JWE: base64url segments with dots between
/// them, the first of which opens a JSON object.
fn looks_like_jwt(text: &[u8]) -> bool {
    // `{"`, or `{` and white space: a file called eye.tar.gz is not a token.
    let opens_object = matches!(
        text,
        [b'e', b'y', b'J' | b'A', ..] | [b'e', b'w', b'o' | b'0' | b'k', ..]
    );
    opens_object && text.split(|byte| *byte == b'.').count() >= 3
}

#[cfg(test)]
mod tests;
