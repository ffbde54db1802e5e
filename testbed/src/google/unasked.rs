//! What Google issues without being asked over HTTP: the past of a test, and what a browser or
//! another client of it has.

use std::time::{Instant, SystemTime};

use super::Google;
use super::codes::Pending;
use super::grant::Grant;
use crate::error::{Error, Result};
use crate::lock::whole;
use crate::token::Token;

const SCOPE: &str = "openid email";

impl Google {
    /// The authorization code that the user `sub` takes to `redirect_uri`. It lives 60 seconds.
    pub fn issue_code(&self, sub: &str, redirect_uri: &str, code_challenge: &str) -> Token {
        let pending = Pending {
            grant: self.grant(sub),
            redirect_uri: redirect_uri.to_owned(),
            code_challenge: code_challenge.to_owned(),
        };
        whole(&self.provider.codes).issue(pending, Instant::now())
    }

    /// An access token that the user `sub` got for the one client.
    pub fn issue_access_token(&self, sub: &str) -> Token {
        self.access_token_of(self.grant(sub))
    }

    /// An access token of the user `sub` with these claims `aud` and `azp`.
    pub fn issue_access_token_for(
        &self,
        sub: &str,
        audience: &str,
        authorized_party: &str,
    ) -> Token {
        self.access_token_of(Grant {
            audience: audience.to_owned(),
            authorized_party: authorized_party.to_owned(),
            ..self.grant(sub)
        })
    }

    /// A refresh token of the user `sub`.
    pub fn issue_refresh_token(&self, sub: &str) -> Token {
        whole(&self.provider.tokens).issue_refresh_token(self.grant(sub))
    }

    /// The ID token that goes with a live access token.
    ///
    /// # Errors
    /// [`Error::Malformed`] when the access token is not live.
    pub fn issue_id_token(&self, access_token: &Token) -> Result<Token> {
        let now = SystemTime::now();
        let access = whole(&self.provider.tokens)
            .live(access_token.reveal(), now)
            .cloned();
        let access =
            access.ok_or_else(|| Error::malformed("the access token")("it is not live"))?;
        self.provider.id_token(&access.grant, access_token, now)
    }

    fn access_token_of(&self, grant: Grant) -> Token {
        whole(&self.provider.tokens).issue_access_token(grant, SystemTime::now())
    }

    fn grant(&self, sub: &str) -> Grant {
        Grant::to_client(self.client_id(), sub.to_owned(), SCOPE.to_owned())
    }
}
