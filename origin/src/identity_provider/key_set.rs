//! The keys that the provider signs ID tokens with, fetched when they are needed.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::JwkSet;
use tokio::sync::Mutex;
use url::Url;

use super::fault::ProviderFault;
use super::http::{self, Http, NOT_UNDERSTOOD};

/// How long a set is used.
const FRESH: Duration = Duration::from_secs(3_600);
/// For how long after a fetch an unknown `kid` does not cause another.
const COOLDOWN: Duration = Duration::from_secs(30);

/// The set that was fetched last, and where from. Whoever fetches holds the lock, so the others
/// wait instead of fetching too.
pub(super) struct KeySetCache {
    jwks_uri: Url,
    fetched: Mutex<Option<Fetched>>,
}

struct Fetched {
    set: JwkSet,
    at: Instant,
}

impl KeySetCache {
    /// The cache of the set that is published there. Nothing is fetched yet.
    pub(super) fn of(jwks_uri: Url) -> Self {
        let fetched = Mutex::default();
        Self { jwks_uri, fetched }
    }

    /// Makes sure that there is a set, so that what follows need not fail for the lack of one.
    pub(super) async fn fill(&self, http: &Http) -> Result<(), ProviderFault> {
        let mut fetched = self.fetched.lock().await;
        self.keep_fresh(&mut fetched, FRESH, http).await.map(|_| ())
    }

    /// The key of that `kid`. One that is not there may be new.
    pub(super) async fn key(&self, kid: &str, http: &Http) -> Result<DecodingKey, ProviderFault> {
        let mut fetched = self.fetched.lock().await;
        for maximum_age in [FRESH, COOLDOWN] {
            let set = self.keep_fresh(&mut fetched, maximum_age, http).await?;
            if let Some(jwk) = set.find(kid) {
                return DecodingKey::from_jwk(jwk).map_err(|_| NOT_UNDERSTOOD);
            }
        }
        Err(ProviderFault::Refused("no key has the ID token's kid"))
    }

    async fn keep_fresh<'f>(
        &self,
        fetched: &'f mut Option<Fetched>,
        maximum_age: Duration,
        http: &Http,
    ) -> Result<&'f JwkSet, ProviderFault> {
        let old = (fetched.as_ref()).is_none_or(|fetched| fetched.at.elapsed() >= maximum_age);
        if old {
            let answer = http::ask(http.get(&self.jwks_uri)).await?;
            if answer.status != StatusCode::OK {
                return Err(NOT_UNDERSTOOD);
            }
            *fetched = None;
            let set = answer.json()?;
            let at = Instant::now();
            *fetched = Some(Fetched { set, at });
        }
        fetched
            .as_ref()
            .map(|fetched| &fetched.set)
            .ok_or(NOT_UNDERSTOOD)
    }
}
