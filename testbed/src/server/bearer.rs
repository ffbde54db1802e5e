//! Bearer tokens in HTTP (RFC 6750): how they are presented, and how one is demanded.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The token of `Authorization: Bearer …` (2.1), if there is one.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// 401 with the challenge that a missing or bad token deserves (3).
pub(crate) fn unauthorized(realm: &str) -> Response {
    let challenge = format!("Bearer realm=\"{realm}\"");
    let challenge = [(header::WWW_AUTHENTICATE, challenge)];
    (StatusCode::UNAUTHORIZED, challenge).into_response()
}
