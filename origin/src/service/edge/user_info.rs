//! `POST /edge/userinfo`: who bears an access token.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::signed_call::SignedCall;
use crate::service::refusal::Refusal;
use crate::service::user::caller::{access_token, token_refused};
use crate::service::{NO_STORE, Origin};

pub(super) async fn answer(
    call: SignedCall,
    State(origin): State<Arc<Origin>>,
) -> Result<Response, Refusal> {
    let token = access_token(&call.token)?;
    let info = (origin.provider()?.user_info(&token).await).map_err(token_refused)?;
    Ok(([NO_STORE], Json(info)).into_response())
}
