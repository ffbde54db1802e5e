//! `GET /healthz`: the process answers. `GET /readyz`: it can do what it is for, which needs its
//! store.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};

use super::no_store::NO_STORE;
use super::origin::Origin;
use super::refusal::Refusal;
use super::request_log::NoNews;

/// What those who look after the process ask, past the edge: it lets no such path through.
pub(super) fn routes() -> Router<Arc<Origin>> {
    Router::new()
        .route("/healthz", get(async || well("ok\n")))
        .route("/readyz", get(ready))
}

/// Touches the store. After a failed write it is not ready until one has succeeded, which this
/// tries too.
async fn ready(State(origin): State<Arc<Origin>>) -> Result<Response, Refusal> {
    origin.blocking(|origin| Ok(origin.store.probe()?)).await?;
    Ok(well("ready\n"))
}

fn well(said: &'static str) -> Response {
    ([NO_STORE], Extension(NoNews), said).into_response()
}
