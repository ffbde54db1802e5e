//! Manifests: asking for one, and fetching it.

mod curl;
mod request;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, put};

use super::origin::Origin;

/// `/fetch/manifest/…` and `/manifest/…`.
pub(super) fn routes() -> Router<Arc<Origin>> {
    Router::new()
        .route("/manifest/files/{key}", get(curl::answer))
        .route("/fetch/manifest/files", put(request::answer))
}
