//! `GET /readyz`: whether the service can do what it is for, which needs its store.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::no_store::NO_STORE;
use super::origin::Origin;
use super::refusal::Refusal;
use super::request_log::NoNews;

/// Touches the store. After a failed write it is not ready until one has succeeded, which this
/// tries too.
pub(super) async fn answer(State(origin): State<Arc<Origin>>) -> Result<Response, Refusal> {
    origin.blocking(|origin| Ok(origin.store.probe()?)).await?;
    Ok(([NO_STORE], Extension(NoNews), "ready\n").into_response())
}
