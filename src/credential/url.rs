//! Tokens in the URL, which end up in logs and histories: refused before any system looks.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use percent_encoding::percent_decode_str;
use url::Url;

use super::bearer::{GOOGLE_PREFIX, is_token_character};
use super::place::{ONE_CREDENTIAL, STEP};
use crate::denial::{Challenge, Denial, Ground};
use crate::jose::json::Object;

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

/// Whether a text holds the outline of a compact JWS or JWE: segments with dots between them, one
/// of which is a header that two more follow. `eyJ_sample.R1.fastq.gz` is not a token.
fn looks_like_jwt(text: &[u8]) -> bool {
    let segments: Vec<_> = text.split(|byte| *byte == b'.').collect();
    segments
        .windows(3)
        .any(|three| three.first().is_some_and(|header| is_header(header)))
}

/// Whether a segment is a JOSE header: a JSON object with an algorithm (RFC 7515, 4.1.1).
fn is_header(segment: &[u8]) -> bool {
    let json = URL_SAFE_NO_PAD.decode(segment).unwrap_or_default();
    Object::parse(&json).is_ok_and(|header| header.get("alg").is_some())
}

#[cfg(test)]
mod tests;
