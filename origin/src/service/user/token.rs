//! `GET /user/token`: an access token for an AZAT.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::caller::Caller;
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::rate::{Act, Party};
use crate::service::refusal::Refusal;

/// Takes a signature and a write each time, and a token is good for days.
static MINT: Act = Act {
    name: "mint",
    burst: 30,
    every: Duration::from_secs(1),
};

pub(super) async fn answer(
    caller: Caller,
    State(origin): State<Arc<Origin>>,
) -> Result<Response, Refusal> {
    origin.rate.admit(&MINT, Party::User(&caller.subject))?;
    let azat = origin.mint(caller.subject).await?;
    let token = json!({ "token": azat.as_str() });
    Ok(([NO_STORE], Json(token)).into_response())
}
