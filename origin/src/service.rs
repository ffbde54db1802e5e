//! The origin service, over HTTP.
//!
//! It answers the edge (`/edge/…`, signed calls only) and, through the edge, the world: the published
//! keys, curl manifests, and users who sign in (`/user/…`).

mod azat_bearer;
mod bearer;
mod edge;
mod exchanges;
mod jwk_set;
mod live_session;
mod manifest;
mod refusal;
pub mod request_log;
mod user;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::routing::get;
use azat_edge::jose::{KeySet, KeySetFault};
use azat_policy::{Algorithm, Profile};

use crate::base_url::BaseUrl;
use crate::identity_provider::IdentityProvider;
use crate::store::{Store, StoreFault};
use crate::token::{JwkSet, Lifetime, SigningKey};
pub use exchanges::Exchanges;
use live_session::Refreshes;
use refusal::Refusal;

#[cfg(test)]
mod tests;

/// How far the clocks of those who mint and verify may differ, in seconds.
const LEEWAY_SECONDS: u32 = 60;

/// The longest request body that is read, in bytes: two tokens fit several times.
const MAXIMUM_BODY: usize = 32 * 1024;

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
    signing_key: SigningKey,
    provider: Option<IdentityProvider>,
    refreshes: Refreshes,
    exchanges: Exchanges,
    authenticated_manifests: bool,
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
        let signing_keys = store.signing_keys()?;
        let jwk_set = serde_json::to_value(JwkSet::of(&signing_keys))?;
        let keys = KeySet::from_json(&jwk_set)?;
        let newest = signing_keys.into_iter().next();
        let signing_key = newest.ok_or(OriginFault::NoKey)?;
        let profile = Profile {
            issuer: Some(base_url.as_str().to_owned()),
            maximum_lifetime_seconds: Some(Lifetime::MAXIMUM.seconds()),
            leeway_seconds: LEEWAY_SECONDS,
            ..Profile::of(Algorithm::RS256)
        };
        Ok(Self {
            store,
            base_url,
            secrets,
            profile,
            keys,
            jwk_set: jwk_set.to_string(),
            signing_key,
            provider: None,
            refreshes: Refreshes::default(),
            exchanges: Exchanges::default(),
            authenticated_manifests: false,
        })
    }

    /// Lets users sign in.
    #[must_use]
    pub fn with_identity_provider(self, provider: IdentityProvider) -> Self {
        Self {
            provider: Some(provider),
            ..self
        }
    }

    /// Binds new manifests to the user who asked for them: they are fetched with an AZAT.
    #[must_use]
    pub fn with_authenticated_manifests(self) -> Self {
        Self {
            authenticated_manifests: true,
            ..self
        }
    }

    /// The exchanges with the identity provider: who stops the service waits for them.
    pub fn exchanges(&self) -> Exchanges {
        self.exchanges.clone()
    }

    /// The routes of the service. `serve` adds the [`request_log`].
    pub fn into_router(self) -> Router {
        Arc::new(self).router()
    }

    fn router(self: Arc<Self>) -> Router {
        Router::new()
            .route("/.well-known/jwks.json", get(jwk_set::answer))
            .merge(manifest::routes())
            .merge(user::routes())
            .merge(edge::routes())
            .fallback(async || Refusal::RouteUnknown)
            .method_not_allowed_fallback(async || Refusal::RouteUnknown)
            .layer(DefaultBodyLimit::max(MAXIMUM_BODY))
            .with_state(self)
    }

    /// The identity provider, when there is one.
    fn provider(&self) -> Result<&IdentityProvider, Refusal> {
        self.provider.as_ref().ok_or(Refusal::SignInDisabled)
    }

    /// Does what may take long (a write, a signature, thousands of reads) while other requests are served.
    async fn blocking<T: Send + 'static>(
        self: Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        tokio::task::spawn_blocking(move || work(&self)).await?
    }
}
