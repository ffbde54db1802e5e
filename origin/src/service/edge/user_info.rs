//! `POST /edge/userinfo`: who bears an access token.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::signed_call::SignedCall;
use crate::access_token::AccessToken;
use crate::identity_provider::Deadline;
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::refusal::Refusal;

pub(super) async fn answer(
    call: SignedCall,
    State(origin): State<Arc<Origin>>,
) -> Result<Response, Refusal> {
    let token = AccessToken::try_from(call.token)?;
    let provider = origin.provider()?;
    let info = (provider.user_info(&token, Deadline::of_an_act()).await)
        .map_err(Refusal::of_access_token)?;
    Ok(([NO_STORE], Json(info)).into_response())
}
