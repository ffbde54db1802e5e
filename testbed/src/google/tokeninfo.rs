//! The tokeninfo endpoint: whose an access token is.

use std::sync::Arc;
use std::time::SystemTime;

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::provider::Provider;
use super::refusal::Refusal;
use crate::lock::whole;
use crate::signing_key::numeric_date;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    access_token: String,
}

/// `GET /oauth2/v3/tokeninfo`: whose an access token is, and how long it lives. As at Google all
/// values are strings, and there is no `iss`.
pub(super) async fn tokeninfo(
    State(provider): State<Arc<Provider>>,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Refusal> {
    let now = SystemTime::now();
    let access = whole(&provider.tokens)
        .live(&asked.access_token, now)
        .cloned()
        .ok_or_else(Refusal::invalid_token)?;
    let left = access.expires.duration_since(now).unwrap_or_default();
    Ok(Json(json!({
        "azp": access.grant.authorized_party,
        "aud": access.grant.audience,
        "sub": access.grant.sub,
        "scope": access.grant.scope,
        "exp": numeric_date(access.expires).to_string(),
        "expires_in": left.as_secs().to_string(),
        "email": access.grant.email(),
        "email_verified": "true",
        "access_type": "offline",
    })))
}
