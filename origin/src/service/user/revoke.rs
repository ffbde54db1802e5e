//! `POST /user/revoke`: ends the caller's session, and all AZATs minted so far.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use azat_edge::time::UnixTime;

use super::caller::Caller;
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::refusal::Refusal;

pub(super) async fn answer(
    caller: Caller,
    State(origin): State<Arc<Origin>>,
) -> Result<Response, Refusal> {
    origin
        .blocking(move |origin| Ok(origin.store.revoke(&caller.subject, UnixTime::now())?))
        .await?;
    Ok((StatusCode::NO_CONTENT, [NO_STORE]).into_response())
}
