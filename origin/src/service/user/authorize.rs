//! `POST /user/authorize`: an authorization code becomes a session.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::sign_in::SIGN_IN;
use crate::access_token::AccessToken;
use crate::identity_provider::{Deadline, Granted, SignIn};
use crate::secret::Secret;
use crate::service::client_address::ClientAddress;
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::rate::Party;
use crate::service::refusal::Refusal;

/// What the client gets (RFC 6749, 5.1). The refresh token stays here.
#[derive(Serialize)]
struct SignedIn {
    access_token: AccessToken,
    expires_in: u64,
    scope: String,
    token_type: &'static str,
    id_token: Option<Secret>,
}

pub(super) async fn answer(
    address: ClientAddress,
    State(origin): State<Arc<Origin>>,
    sign_in: Result<Json<SignIn>, JsonRejection>,
) -> Result<Response, Refusal> {
    origin.rate.admit(&SIGN_IN, Party::Stranger(address))?;
    let Json(sign_in) = sign_in.map_err(|_| Refusal::RequestMalformed)?;
    let (exchanges, by) = (origin.exchanges.clone(), Deadline::of_an_act());
    let exchange = exchanges.run(origin.sign_in(sign_in, by));
    let granted = by.wait(exchange).await???;
    let signed_in = SignedIn {
        access_token: granted.access_token,
        expires_in: granted.expires_in,
        scope: granted.scope,
        token_type: "Bearer",
        id_token: granted.id_token,
    };
    Ok(([NO_STORE], Json(signed_in)).into_response())
}

impl Origin {
    async fn sign_in(self: Arc<Self>, sign_in: SignIn, by: Deadline) -> Result<Granted, Refusal> {
        let provider = self.provider()?;
        if !provider.may_redirect_to(&sign_in.redirect_uri) {
            return Err(Refusal::SignInRefused("an unknown redirect_uri"));
        }
        let (subject, granted) =
            (provider.exchange(&sign_in, by).await).map_err(Refusal::of_sign_in)?;
        let tokens = granted.tokens();
        self.blocking(move |origin| Ok(origin.store.sign_in(&subject, tokens)?))
            .await?;
        Ok(granted)
    }
}
