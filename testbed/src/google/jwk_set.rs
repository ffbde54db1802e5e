//! The endpoint with the keys that verify ID tokens.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::provider::Provider;
use crate::lock::whole;

/// `GET /oauth2/v3/certs`: the public keys as a JWK set.
pub(super) async fn jwk_set(State(provider): State<Arc<Provider>>) -> Json<Value> {
    Json(json!({"keys": [whole(&provider.id_tokens).jwk()]}))
}
