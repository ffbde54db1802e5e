//! What all handlers share: the store, the keys, the identity provider, and what is under way.

use std::fmt::Display;
use std::io;
use std::sync::Arc;

use azat_edge::contract::signature::EdgeSecret;
use azat_edge::jose::{KeySet, KeySetFault};
use azat_policy::{Algorithm, Profile};
use tokio::sync::watch;

use super::blocking::Lanes;
use super::exchanges::Exchanges;
use super::places::Places;
use super::rate::Rate;
use super::refreshes::Refreshes;
use super::refusal::Refusal;
use crate::base_url::BaseUrl;
use crate::identity_provider::IdentityProvider;
use crate::log::Log;
use crate::store::{Health, Store, StoreFault};
use crate::token::{JwkSet, Lifetime, SigningKey};

/// How far the clocks of those who mint and verify may differ, in seconds.
const LEEWAY_SECONDS: u32 = 60;

/// Everything that the handlers share.
pub struct Origin {
    pub(super) store: Store,
    pub(super) base_url: BaseUrl,
    pub(super) secrets: Vec<EdgeSecret>,
    pub(super) profile: Profile,
    pub(super) keys: KeySet,
    pub(super) jwk_set: String,
    pub(super) signing_key: SigningKey,
    pub(super) provider: Option<Arc<IdentityProvider>>,
    pub(super) refreshes: Refreshes,
    pub(super) exchanges: Exchanges,
    pub(super) rate: Rate,
    pub(super) authenticated_manifests: bool,
    log: Option<Log>,
    lanes: Lanes,
    pub(super) manifest_places: Arc<Places>,
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
    /// The system has no threads.
    #[error("cannot start threads: {0}")]
    Threads(#[from] io::Error),
    /// The keys cannot be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The keys are not what the edge would accept.
    #[error(transparent)]
    Keys(#[from] KeySetFault),
}

impl Origin {
    /// The service over `store`, reached by users at `base_url`. The edge signs its calls with one
    /// of `secrets`. The keys are read once: while this lives, nobody else can add one.
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
            rate: Rate::default(),
            authenticated_manifests: false,
            log: None,
            lanes: Lanes::open()?,
            manifest_places: Arc::default(),
        })
    }

    /// Lets users sign in.
    #[must_use]
    pub fn with_identity_provider(self, provider: IdentityProvider) -> Self {
        Self {
            provider: Some(Arc::new(provider)),
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

    /// Tells the log what is no request's fault.
    #[must_use]
    pub fn with_log(self, log: Log) -> Self {
        Self {
            log: Some(log),
            ..self
        }
    }

    /// Says something in the log.
    pub(super) fn notice(&self, notice: &'static str, detail: &dyn Display) {
        if let Some(log) = &self.log {
            log.notice(notice, Some(detail));
        }
    }

    /// The exchanges with the identity provider: whoever stops the service waits for them.
    pub fn exchanges(&self) -> Exchanges {
        self.exchanges.clone()
    }

    /// How the store is: whoever runs the service ends it when the store is lost.
    pub fn health(&self) -> watch::Receiver<Health> {
        self.store.health()
    }

    /// The identity provider, when there is one.
    pub(super) fn provider(&self) -> Result<&Arc<IdentityProvider>, Refusal> {
        self.provider.as_ref().ok_or(Refusal::SignInDisabled)
    }

    /// Does what holds a thread for a moment (a read, a write, a signature) while other requests
    /// are served.
    pub(super) async fn blocking<T: Send + 'static>(
        self: Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let origin = Arc::clone(&self);
        self.lanes.short(move || work(&origin)).await?
    }

    /// Does a part of what may go on for long, which leaves room for all else.
    pub(super) async fn blocking_for_long<T: Send + 'static>(
        self: Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let origin = Arc::clone(&self);
        self.lanes.long(move || work(&origin)).await?
    }
}
