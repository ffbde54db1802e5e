//! The origin service, over HTTP.
//!
//! It answers the edge (`/edge/…`, signed calls only) and, through the edge, the world: the published
//! keys and the curl manifests. No handler reads a request body, so none can be too long.

mod bearer;
mod edge_call;
mod entitlement;
mod file_record;
mod jwk_set;
mod manifest;
mod refusal;
pub mod request_log;

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::routing::{get, post};
use azat_edge::jose::{KeySet, KeySetFault};
use azat_edge::origin_call::EdgeSecret;
use azat_policy::{Algorithm, Profile};

use crate::azat::Lifetime;
use crate::base_url::BaseUrl;
use crate::jwk_set::JwkSet;
use crate::store::{Store, StoreFault};
use refusal::Refusal;

#[cfg(test)]
mod tests;

/// How far the clocks of those who mint and verify may differ, in seconds.
const LEEWAY_SECONDS: u32 = 60;

/// What may not be kept by anyone on the way.
const NO_STORE: (header::HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// Everything that the handlers share.
pub struct Origin {
    store: Store,
    base_url: BaseUrl,
    secrets: Vec<EdgeSecret>,
    profile: Profile,
    keys: KeySet,
    jwk_set: String,
}

/// Why the service cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OriginFault {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// No token could ever be verified.
    #[error("the store has no signing key: `azat keys create` makes one")]
    NoKey,
    /// The keys cannot be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The keys are not what the edge would accept.
    #[error(transparent)]
    Keys(#[from] KeySetFault),
}

impl Origin {
    /// The service over `store`, reached by users at `base_url`. The edge signs its calls with one of
    /// `secrets`. The keys are read once: while this lives, nobody else can add one.
    ///
    /// # Errors
    /// [`OriginFault`].
    pub fn new(
        store: Store,
        base_url: BaseUrl,
        secrets: Vec<EdgeSecret>,
    ) -> Result<Self, OriginFault> {
        let jwk_set = serde_json::to_value(JwkSet::of(&store.signing_keys()?))?;
        let keys = KeySet::from_json(&jwk_set)?;
        if keys.is_empty() {
            return Err(OriginFault::NoKey);
        }
        let profile = Profile {
            algorithm: Algorithm::RS256,
            issuer: base_url.as_str().to_owned(),
            maximum_lifetime_seconds: Lifetime::MAXIMUM.seconds(),
            leeway_seconds: LEEWAY_SECONDS,
        };
        Ok(Self {
            store,
            base_url,
            secrets,
            profile,
            keys,
            jwk_set: jwk_set.to_string(),
        })
    }

    /// The routes of the service. `serve` adds the [`request_log`].
    pub fn into_router(self) -> Router {
        Router::new()
            .route("/.well-known/jwks.json", get(jwk_set::answer))
            .route("/manifest/files/{key}", get(manifest::answer))
            .route("/edge/entitlements", post(entitlement::answer))
            .route("/edge/files/{catalog}/{uuid}", get(file_record::answer))
            .fallback(async || Refusal::RouteUnknown)
            .method_not_allowed_fallback(async || Refusal::RouteUnknown)
            .with_state(Arc::new(self))
    }
}
