use std::sync::Arc;
use std::time::SystemTime;

use axum::Json;
use axum::extract::State;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::account::email;
use super::provider::Provider;
use super::tokens::Issued;
use crate::clock::unix_seconds;
use crate::lock::whole;
use crate::{Result, Token};

/// However long the access token lives.
const LIFETIME_SECONDS: u64 = 60 * 60;

/// The ID token (OpenID Connect Core, 2) that goes with an access token.
pub(super) fn id_token(provider: &Provider, issued: &Issued, now: SystemTime) -> Result<Token> {
    let (sub, issued_at) = (&issued.grant.sub, unix_seconds(now));
    let claims = json!({
        "iss": *whole(&provider.issuer),
        "azp": provider.client.id(),
        "aud": provider.client.id(),
        "sub": sub,
        "email": email(sub),
        "email_verified": true,
        "at_hash": at_hash(issued.access_token.reveal()),
        "iat": issued_at,
        "exp": issued_at + LIFETIME_SECONDS,
    });
    let token = Token::new(provider.key.sign(&claims)?);
    Ok(provider.used.remember(token))
}

/// The left half of the access token's SHA-256 (OpenID Connect Core, 3.1.3.6).
fn at_hash(access_token: &str) -> String {
    let digest = Sha256::digest(access_token);
    BASE64_URL_SAFE_NO_PAD.encode(&digest[..digest.len() / 2])
}

/// `GET /oauth2/v3/certs`: the keys that ID tokens are verified with, as a JWK set.
pub(super) async fn jwk_set(State(provider): State<Arc<Provider>>) -> Json<Value> {
    Json(json!({"keys": [provider.key.jwk]}))
}
