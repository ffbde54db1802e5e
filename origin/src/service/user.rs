//! What users ask: to sign in and out, and for an AZAT.

mod authorize;
pub(super) mod caller;
mod refresh;
mod revoke;
mod sign_in;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::origin::Origin;

/// `/user/…`.
pub(super) fn routes() -> Router<Arc<Origin>> {
    Router::new()
        .route("/user/authorize", post(authorize::answer))
        .route("/user/refresh", post(refresh::answer))
        .route("/user/revoke", post(revoke::answer))
        .route("/user/token", get(token::answer))
}
