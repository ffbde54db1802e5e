//! `GET /healthz`: the process answers.

use std::sync::Arc;

use axum::routing::get;
use axum::{Extension, Router};

use super::no_store::NO_STORE;
use super::origin::Origin;
use super::request_log::NoNews;

/// What those who look after the process ask, past the edge: it lets no such path through.
pub(super) fn routes() -> Router<Arc<Origin>> {
    let ok = async || ([NO_STORE], Extension(NoNews), "ok\n");
    Router::new().route("/healthz", get(ok))
}
