use std::sync::{LazyLock, Mutex};
use std::time::SystemTime;

use super::client::Client;
use super::codes::Codes;
use super::tokens::Tokens;
use crate::lock::whole;
use crate::signing_key::SigningKey;
use crate::token::UsedTokens;
use crate::{Error, Result};

/// What the identity provider knows: all its endpoints share it.
pub(crate) struct Provider {
    pub(super) client: Client,
    pub(super) key: &'static SigningKey,
    pub(super) issuer: Mutex<String>,
    pub(super) codes: Mutex<Codes>,
    pub(super) tokens: Mutex<Tokens>,
    pub(super) used: UsedTokens,
}

impl Provider {
    pub(super) fn new(used: UsedTokens) -> Result<Self> {
        // As with the forgers: one key for all of a process.
        static KEY: LazyLock<Result<SigningKey, String>> =
            LazyLock::new(|| SigningKey::generate().map_err(|e| e.to_string()));
        Ok(Self {
            client: Client::register(),
            key: KEY
                .as_ref()
                .map_err(|problem| Error::Key(problem.clone()))?,
            issuer: Mutex::new("https://accounts.google.com".to_owned()),
            codes: Mutex::default(),
            tokens: Mutex::new(Tokens::new(used.clone())),
            used,
        })
    }

    /// See [`super::Google::is_live`].
    pub(crate) fn is_live(&self, access_token: &str) -> bool {
        whole(&self.tokens)
            .live(access_token, SystemTime::now())
            .is_some()
    }
}
