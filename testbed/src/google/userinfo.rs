use std::sync::Arc;
use std::time::SystemTime;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::account::email;
use super::provider::Provider;
use super::refusal::Refusal;
use crate::bearer::bearer;
use crate::lock::whole;

/// `GET /oauth2/v3/userinfo` (OpenID Connect Core, 5.3): who the bearer of an access token is.
pub(super) async fn userinfo(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let tokens = whole(&provider.tokens);
    let access = bearer(&headers)
        .and_then(|token| tokens.live(token, SystemTime::now()))
        .ok_or_else(Refusal::unauthenticated)?;
    let sub = &access.grant.sub;
    Ok(Json(json!({
        "sub": sub,
        "email": email(sub),
        "email_verified": true,
    })))
}
