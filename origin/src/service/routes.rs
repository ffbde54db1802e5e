//! The routes of the service.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::get;

use super::origin::Origin;
use super::refusal::Refusal;
use super::{edge, health, incomplete, jwk_set, manifest, overdue, user};

impl Origin {
    /// The routes of the service. `serve` adds the [`request_log`](super::request_log).
    pub fn into_router(self) -> Router {
        Arc::new(self).router()
    }

    pub(super) fn router(self: Arc<Self>) -> Router {
        Router::new()
            .route("/.well-known/jwks.json", get(jwk_set::answer))
            .merge(manifest::routes())
            .merge(user::routes())
            .merge(edge::routes())
            .merge(health::routes())
            .fallback(async || Refusal::RouteUnknown)
            .method_not_allowed_fallback(async || Refusal::RouteUnknown)
            .layer(from_fn(overdue::refuse))
            .layer(from_fn(incomplete::refuse))
            .with_state(self)
    }
}
