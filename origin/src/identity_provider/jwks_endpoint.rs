//! Where the provider publishes its keys: fetched when they are needed, by one at a time.

use std::sync::{Arc, PoisonError};

use axum::http::StatusCode;
use jsonwebtoken::DecodingKey;
use tokio::time::Instant;

use super::deadline::Deadline;
use super::fault::ProviderFault;
use super::http::{self, NOT_UNDERSTOOD};
use super::jwk_set::{JwkSet, UsableKeys};
use super::key_set::{Advice, KeySet};
use super::provider::IdentityProvider;
use super::questions::UnderWay;

impl IdentityProvider {
    /// Makes sure that there are keys, so that what follows need not fail for the lack of them.
    pub(super) async fn have_keys(self: &Arc<Self>, by: Deadline) -> Result<(), ProviderFault> {
        self.have(None, by).await
    }

    /// The key of that `kid`. One that is not there may be new.
    pub(super) async fn key(
        self: &Arc<Self>,
        kid: &str,
        by: Deadline,
    ) -> Result<DecodingKey, ProviderFault> {
        self.have(Some(kid), by).await?;
        self.with_keys(|keys| keys.key(kid))
    }

    /// Whoever needs a key that is there goes on; the others wait for one fetch, and what comes of
    /// it is what they all get.
    async fn have(self: &Arc<Self>, kid: Option<&str>, by: Deadline) -> Result<(), ProviderFault> {
        // Asked under the lock: else a fetch could end in between, and another would begin.
        let fetch = self.with_keys(|keys| match keys.advice(kid, Instant::now()) {
            Advice::Use => Ok(None),
            Advice::UseAndFetch => {
                self.fetch_keys();
                Ok(None)
            }
            Advice::Fetch => Ok(Some(self.fetch_keys())),
            Advice::GiveUp(fault) => Err(fault),
        })?;
        match fetch {
            Some(fetch) => by.wait(fetch.outcome()).await?,
            None => Ok(()),
        }
    }

    fn fetch_keys(self: &Arc<Self>) -> UnderWay<()> {
        let provider = Arc::clone(self);
        self.key_fetches.ask((), async move {
            let fetched = provider.published_keys().await;
            let outcome = fetched.as_ref().map(|_| ()).map_err(|fault| *fault);
            provider.with_keys(|keys| keys.take(fetched, Instant::now()));
            outcome
        })
    }

    async fn published_keys(&self) -> Result<UsableKeys, ProviderFault> {
        let answer = http::ask(self.http.get(&self.settings.jwks_uri)).await?;
        if answer.status != StatusCode::OK {
            return Err(NOT_UNDERSTOOD);
        }
        answer.json::<JwkSet>()?.usable()
    }

    fn with_keys<T>(&self, look: impl FnOnce(&mut KeySet) -> T) -> T {
        look(&mut self.keys.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
