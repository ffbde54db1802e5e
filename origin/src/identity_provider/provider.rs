//! The provider as such: its settings, its connections, and what it said before.

use super::fault::ProviderFault;
use super::http::Http;
use super::key_set::KeySetCache;
use super::settings::Settings;
use super::token_info::TokenInfoCache;
use crate::subject::{NotASubject, Subject};

/// The provider, as one client of it sees it.
pub struct IdentityProvider {
    pub(super) settings: Settings,
    pub(super) http: Http,
    pub(super) keys: KeySetCache,
    pub(super) token_infos: TokenInfoCache,
}

impl IdentityProvider {
    /// The provider that the settings describe. Nothing is asked yet.
    ///
    /// # Errors
    /// The system's root certificates cannot be read.
    pub fn new(settings: Settings) -> Result<Self, reqwest::Error> {
        Ok(Self {
            http: Http::new(settings.allow_loopback)?,
            keys: KeySetCache::of(settings.jwks_uri.clone()),
            settings,
            token_infos: TokenInfoCache::default(),
        })
    }

    /// Whether users may come back to that address after signing in.
    pub fn may_redirect_to(&self, redirect_uri: &str) -> bool {
        (self.settings.redirect_uris.iter()).any(|own| own == redirect_uri)
    }

    /// The subject that the provider knows by that name. That it names none is final.
    pub(super) fn subject(&self, name: &str) -> Result<Subject, ProviderFault> {
        Subject::new(&self.settings.issuer, name).map_err(|NotASubject| NO_SUBJECT)
    }
}

/// Of a token that does not say whose it is, as one without the scope `openid`.
pub(super) const NO_SUBJECT: ProviderFault = ProviderFault::Refused("it names no subject");
