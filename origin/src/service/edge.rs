//! What the edge alone may ask, in calls that it signs.

mod access_token;
mod call;
mod entitlement;
mod file_record;
mod signed_call;
mod user_info;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::origin::Origin;

/// `/edge/…`.
pub(super) fn routes() -> Router<Arc<Origin>> {
    Router::new()
        .route("/edge/access-token", post(access_token::answer))
        .route("/edge/entitlements", post(entitlement::answer))
        .route("/edge/files/{catalog}/{uuid}", get(file_record::answer))
        .route("/edge/refresh", post(access_token::answer_refresh))
        .route("/edge/userinfo", post(user_info::answer))
}
