//! The token endpoint: a code or a refresh token becomes an access token.

use std::sync::Arc;
use std::time::{Instant, SystemTime};

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::{Form, Json};
use serde::{Deserialize, Serialize};

use super::provider::Provider;
use super::refusal::Refusal;
use super::tokens::Issued;
use crate::lock::whole;

#[derive(Deserialize)]
pub(super) struct TokenRequest {
    client_id: String,
    client_secret: String,
    #[serde(flatten)]
    presented: Presented,
}

#[derive(Deserialize)]
#[serde(tag = "grant_type", rename_all = "snake_case")]
enum Presented {
    AuthorizationCode {
        code: String,
        redirect_uri: String,
        code_verifier: String,
    },
    RefreshToken {
        refresh_token: String,
    },
}

#[derive(Serialize)]
pub(super) struct TokenAnswer {
    access_token: String,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    scope: String,
    token_type: &'static str,
    id_token: String,
}

/// `POST /token` (RFC 6749, 4.1.3 and 6): tokens for a code or a refresh token.
pub(super) async fn token(
    State(provider): State<Arc<Provider>>,
    asked: Result<Form<TokenRequest>, FormRejection>,
) -> Result<Json<TokenAnswer>, Refusal> {
    let Form(asked) = asked.map_err(|problem| Refusal::invalid_request(problem.body_text()))?;
    provider
        .client
        .authenticate(&asked.client_id, &asked.client_secret)?;
    let now = SystemTime::now();
    let issued = issue(&provider, asked.presented, now)?;
    let id_token = provider
        .id_token(&issued.grant, &issued.access_token, now)
        .map_err(|error| Refusal::broken(&error))?;
    Ok(Json(TokenAnswer {
        access_token: issued.access_token.reveal().to_owned(),
        expires_in: issued.lifetime.as_secs(),
        refresh_token: issued.refresh_token.map(|token| token.reveal().to_owned()),
        scope: issued.grant.scope,
        token_type: "Bearer",
        id_token: id_token.reveal().to_owned(),
    }))
}

fn issue(provider: &Provider, presented: Presented, now: SystemTime) -> Result<Issued, Refusal> {
    match presented {
        Presented::AuthorizationCode {
            code,
            redirect_uri,
            code_verifier,
        } => {
            let grant = whole(&provider.codes).redeem(
                &code,
                &redirect_uri,
                &code_verifier,
                Instant::now(),
            )?;
            Ok(whole(&provider.tokens).issue(grant, now))
        }
        Presented::RefreshToken { refresh_token } => {
            whole(&provider.tokens).refresh(&refresh_token, now)
        }
    }
}
