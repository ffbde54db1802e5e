//! `POST /user/refresh`: a user who signed in elsewhere brings an access token along.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use azat_edge::time::UnixTime;
use serde::Deserialize;

use super::sign_in::SIGN_IN;
use crate::access_token::AccessToken;
use crate::identity_provider::Deadline;
use crate::secret::Secret;
use crate::service::client_address::ClientAddress;
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::rate::Party;
use crate::service::refusal::Refusal;
use crate::session::Tokens;

/// Two tokens that were issued together, neither of them expired.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Brought {
    access_token: AccessToken,
    id_token: Secret,
}

pub(super) async fn answer(
    address: ClientAddress,
    State(origin): State<Arc<Origin>>,
    brought: Result<Json<Brought>, JsonRejection>,
) -> Result<Response, Refusal> {
    origin.rate.admit(&SIGN_IN, Party::Stranger(address))?;
    let Json(Brought {
        access_token,
        id_token,
    }) = brought.map_err(|_| Refusal::RequestMalformed)?;
    let (provider, by) = (origin.provider()?, Deadline::of_an_act());
    let info = (provider.token_info(&access_token, by).await).map_err(Refusal::of_access_token)?;
    let verified = provider.verify_id_token(&id_token, &access_token, by);
    let subject = verified.await.map_err(Refusal::of_sign_in)?;
    // An ID token alone proves a user to anyone it was ever shown to.
    if subject != info.subject {
        return Err(Refusal::SignInRefused("tokens of two users"));
    }
    let tokens = Tokens {
        access_token,
        obtained: UnixTime::now(),
        expires: info.expires,
        refresh_token: None,
        refused: None,
    };
    (origin.clone())
        .blocking(move |origin| Ok(origin.store.sign_in(&subject, tokens)?))
        .await?;
    Ok((StatusCode::NO_CONTENT, [NO_STORE]).into_response())
}
