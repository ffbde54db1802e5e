//! `GET /.well-known/jwks.json`: the keys that verify AZATs.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;

use super::origin::Origin;

/// RFC 7517, 8.5.1. A new key is published long before it signs, so five minutes of age do no harm.
const HEADERS: [(HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "application/jwk-set+json"),
    (header::CACHE_CONTROL, "public, max-age=300"),
];

pub(super) async fn answer(State(origin): State<Arc<Origin>>) -> impl IntoResponse {
    (HEADERS, origin.jwk_set.clone())
}
