//! The identity provider: signs users in, and gives out and renews their access tokens.
//!
//! What it says is believed only in so far as it is about our client: its other clients' tokens prove
//! nothing here. Its error texts go nowhere; ours say what happened.

mod http;
mod id_token;
mod key_set;
mod settings;
mod token_endpoint;
mod token_info;
mod user_info;

use std::time::Duration;

use crate::subject::{NotASubject, Subject};
use http::Http;
use key_set::KeySetCache;
pub use settings::{Settings, SettingsFault};
pub use token_endpoint::{Granted, SignIn};
pub use token_info::TokenInfo;
use token_info::TokenInfoCache;
pub use user_info::UserInfo;

/// The longest that a question to the provider takes, connecting included.
pub const PATIENCE: Duration = Duration::from_secs(4);

/// The provider, as one client of it sees it.
pub struct IdentityProvider {
    settings: Settings,
    http: Http,
    keys: KeySetCache,
    token_infos: TokenInfoCache,
}

/// Why the provider did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProviderFault {
    /// What it was given is not good, and never will be again.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// It gave no answer, or none that helps; another time it may.
    #[error("the identity provider: {0}")]
    Unavailable(&'static str),
}

impl IdentityProvider {
    /// The provider that the settings describe. Nothing is asked yet.
    ///
    /// # Errors
    /// The system's root certificates cannot be read.
    pub fn new(settings: Settings) -> Result<Self, reqwest::Error> {
        Ok(Self {
            http: Http::new(settings.allow_loopback)?,
            settings,
            keys: KeySetCache::default(),
            token_infos: TokenInfoCache::default(),
        })
    }

    /// The issuer that stands in the subjects of its users.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Whether users may come back to that address after signing in.
    pub fn may_redirect_to(&self, redirect_uri: &str) -> bool {
        (self.settings.redirect_uris.iter()).any(|own| own == redirect_uri)
    }

    /// The subject that the provider knows by that name.
    fn subject(&self, name: &str) -> Result<Subject, ProviderFault> {
        Subject::new(&self.settings.issuer, name)
            .map_err(|NotASubject| ProviderFault::Unavailable("it names no subject"))
    }
}
