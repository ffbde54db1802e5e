//! The userinfo endpoint: who bears an access token.

use std::sync::Arc;
use std::time::SystemTime;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::provider::Provider;
use super::refusal::Refusal;
use crate::lock::whole;
use crate::server::bearer::bearer;

/// `GET /oauth2/v3/userinfo` (OpenID Connect Core, 5.3): who the bearer of an access token is.
pub(super) async fn userinfo(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let tokens = whole(&provider.tokens);
    let access = bearer(&headers)
        .and_then(|token| tokens.live(token, SystemTime::now()))
        .ok_or_else(Refusal::unauthenticated)?;
    Ok(Json(json!({
        "sub": access.grant.sub,
        "email": access.grant.email(),
        "email_verified": true,
    })))
}
