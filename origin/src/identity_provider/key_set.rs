//! The keys that the provider signs ID tokens with, fetched when they are needed.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::JwkSet;
use tokio::sync::Mutex;

use super::http::{self, NOT_UNDERSTOOD};
use super::{IdentityProvider, ProviderFault};

/// How long a set is used.
const FRESH: Duration = Duration::from_secs(3_600);
/// How long an unknown `kid` does not make us fetch again.
const COOLDOWN: Duration = Duration::from_secs(30);

/// The set that was fetched last. Who fetches holds the lock, so the others wait instead of fetching too.
#[derive(Default)]
pub(super) struct KeySetCache(Mutex<Option<Fetched>>);

struct Fetched {
    set: JwkSet,
    at: Instant,
}

impl IdentityProvider {
    /// Makes sure that there is a set, so that what follows need not fail for the lack of one.
    pub(super) async fn fetch_keys(&self) -> Result<(), ProviderFault> {
        let mut fetched = self.keys.0.lock().await;
        self.keep_fresh(&mut fetched, FRESH).await.map(|_| ())
    }

    /// The key of that `kid`. One that is not there may be new.
    pub(super) async fn key(&self, kid: &str) -> Result<DecodingKey, ProviderFault> {
        let mut fetched = self.keys.0.lock().await;
        for maximum_age in [FRESH, COOLDOWN] {
            let set = self.keep_fresh(&mut fetched, maximum_age).await?;
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
    ) -> Result<&'f JwkSet, ProviderFault> {
        let old = (fetched.as_ref()).is_none_or(|fetched| fetched.at.elapsed() >= maximum_age);
        if old {
            let answer = http::ask(self.http.get(&self.settings.jwks_uri)).await?;
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
