//! What all of Google's endpoints share.

use std::sync::Mutex;
use std::time::SystemTime;

use super::client::Client;
use super::codes::Codes;
use super::grant::Grant;
use super::id_tokens::IdTokens;
use super::tokens::Tokens;
use crate::error::Result;
use crate::lock::whole;
use crate::token::{Token, UsedTokens};

/// What the identity provider knows.
pub(crate) struct Provider {
    pub(super) client: Client,
    pub(super) codes: Mutex<Codes>,
    pub(super) tokens: Mutex<Tokens>,
    pub(super) id_tokens: Mutex<IdTokens>,
    used: UsedTokens,
}

impl Provider {
    /// Nothing was issued yet. What will be is put among the `used` tokens.
    pub(super) fn new(used: UsedTokens) -> Result<Self> {
        Ok(Self {
            client: Client::register(),
            codes: Mutex::default(),
            tokens: Mutex::new(Tokens::new(used.clone())),
            id_tokens: Mutex::new(IdTokens::new()?),
            used,
        })
    }

    /// See [`super::Google::is_live`].
    pub(crate) fn is_live(&self, access_token: &str) -> bool {
        whole(&self.tokens)
            .live(access_token, SystemTime::now())
            .is_some()
    }

    /// The ID token that goes with an access token of `grant`.
    pub(super) fn id_token(
        &self,
        grant: &Grant,
        access_token: &Token,
        now: SystemTime,
    ) -> Result<Token> {
        let token = whole(&self.id_tokens).issue(grant, access_token, now)?;
        Ok(self.used.remember(token))
    }
}
