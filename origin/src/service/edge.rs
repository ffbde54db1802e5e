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
use azat_edge::contract::endpoint;

use super::origin::Origin;

/// `/edge/…`.
pub(super) fn routes() -> Router<Arc<Origin>> {
    Router::new()
        .route(endpoint::ACCESS_TOKEN, post(access_token::answer))
        .route(endpoint::ENTITLEMENTS, post(entitlement::answer))
        .route(endpoint::FILES, get(file_record::answer))
        .route(endpoint::REFRESH, post(access_token::answer_refresh))
        .route(endpoint::USER_INFO, post(user_info::answer))
}
