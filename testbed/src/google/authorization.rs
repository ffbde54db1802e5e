//! The authorization endpoint: where a browser signs in.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use url::Url;

use super::codes::Pending;
use super::grant::Grant;
use super::provider::Provider;
use super::refusal::Refusal;
use crate::lock::whole;

#[derive(Deserialize)]
pub(super) struct AuthorizationRequest {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    scope: String,
    state: Option<String>,
    code_challenge: String,
    code_challenge_method: String,
    /// Who signs in; Google would ask.
    login_hint: String,
}

/// `GET /o/oauth2/v2/auth` (RFC 6749, 4.1.1): back to the client with a code.
pub(super) async fn authorize(
    State(provider): State<Arc<Provider>>,
    asked: Result<Query<AuthorizationRequest>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(asked) = asked.map_err(|problem| Refusal::invalid_request(problem.body_text()))?;
    if asked.client_id != provider.client.id() {
        return Err(Refusal::invalid_client("The OAuth client was not found."));
    }
    if asked.response_type != "code" || asked.code_challenge_method != "S256" {
        let description = "Only the response type code with the challenge method S256 is served.";
        return Err(Refusal::invalid_request(description));
    }
    let mut back = Url::parse(&asked.redirect_uri)
        .map_err(|problem| Refusal::invalid_request(problem.to_string()))?;
    let pending = Pending {
        grant: Grant::to_client(&asked.client_id, asked.login_hint, asked.scope),
        redirect_uri: asked.redirect_uri,
        code_challenge: asked.code_challenge,
    };
    let code = whole(&provider.codes).issue(pending, Instant::now());
    back.query_pairs_mut().append_pair("code", code.reveal());
    if let Some(state) = &asked.state {
        back.query_pairs_mut().append_pair("state", state);
    }
    Ok((StatusCode::FOUND, [(header::LOCATION, String::from(back))]).into_response())
}
