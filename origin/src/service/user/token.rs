//! `GET /user/token`: an access token for an AZAT.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::caller::Caller;
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::refusal::Refusal;

pub(super) async fn answer(
    caller: Caller,
    State(origin): State<Arc<Origin>>,
) -> Result<Response, Refusal> {
    let azat = origin.mint(caller.subject).await?;
    let token = json!({ "token": azat.as_str() });
    Ok(([NO_STORE], Json(token)).into_response())
}
