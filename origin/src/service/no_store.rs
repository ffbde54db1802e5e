//! The field of an answer that nobody on the way may keep.

use axum::http::{HeaderValue, header};

/// `Cache-Control: no-store` (RFC 9111, 5.2.2.5).
pub(super) const NO_STORE: (header::HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
