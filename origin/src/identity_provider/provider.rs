//! The provider as such: its settings, its connections, what it said before and what it is being
//! asked.

use std::sync::Mutex;

use super::fault::ProviderFault;
use super::http::Http;
use super::key_set::KeySet;
use super::lane::Lane;
use super::questions::Questions;
use super::settings::Settings;
use super::token_info::{TokenHash, TokenInfo, TokenInfoCache};
use crate::subject::{NotASubject, Subject};

/// The provider, as one client of it sees it.
pub struct IdentityProvider {
    pub(super) settings: Settings,
    pub(super) http: Http,
    pub(super) keys: Mutex<KeySet>,
    pub(super) key_fetches: Questions<(), ()>,
    pub(super) token_infos: TokenInfoCache,
    pub(super) token_info_questions: Questions<TokenHash, TokenInfo>,
    /// Codes for tokens: anybody can bring a code.
    pub(super) sign_ins: Lane,
    /// Refresh tokens for access tokens: of users who have signed in.
    pub(super) refreshes: Lane,
    /// Whose an access token is: anybody can bring one, too.
    pub(super) inspections: Lane,
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
            keys: Mutex::default(),
            key_fetches: Questions::default(),
            token_infos: TokenInfoCache::default(),
            token_info_questions: Questions::default(),
            sign_ins: Lane::new(),
            refreshes: Lane::new(),
            inspections: Lane::new(),
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
