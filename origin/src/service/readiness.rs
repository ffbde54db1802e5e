//! `GET /readyz`: whether the service can do what it is for, which needs its store.

use std::sync::Arc;

use axum::extract::State;

use super::origin::Origin;
use super::refusal::Refusal;

/// Touches the store. After a failed write it is not ready until one has succeeded, which this
/// tries too.
pub(super) async fn answer(State(origin): State<Arc<Origin>>) -> Result<&'static str, Refusal> {
    origin.blocking(|origin| Ok(origin.store.probe()?)).await?;
    Ok("ready\n")
}
