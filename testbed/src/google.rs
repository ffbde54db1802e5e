mod account;
mod authorization;
mod client;
mod codes;
mod grant;
mod id_token;
mod pkce;
mod provider;
mod refusal;
mod token_endpoint;
mod tokeninfo;
mod tokens;
mod userinfo;

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use url::Url;

pub use self::pkce::Pkce;
pub(crate) use self::provider::Provider;

use crate::lock::whole;
use crate::server::Server;
use crate::token::UsedTokens;
use crate::{Error, Result, Token, curl};

pub(crate) const AUTHORIZATION_PATH: &str = "/o/oauth2/v2/auth";
pub(crate) const TOKEN_PATH: &str = "/token";
pub(crate) const TOKENINFO_PATH: &str = "/oauth2/v3/tokeninfo";
pub(crate) const USERINFO_PATH: &str = "/oauth2/v3/userinfo";
pub(crate) const JWK_SET_PATH: &str = "/oauth2/v3/certs";

/// A [`Server`] that is an identity provider with one client, and answers as Google does: it signs
/// everybody in without asking, and its access tokens really expire.
pub struct Google {
    server: Server,
    provider: Arc<Provider>,
}

impl Google {
    /// Starts it, with access tokens that live an hour and without rotation. What it issues is put among
    /// the `used` tokens.
    ///
    /// # Errors
    /// When it has no port or no key.
    pub(crate) fn start(used: UsedTokens) -> Result<Self> {
        let provider = Arc::new(Provider::new(used)?);
        let router = Router::new()
            .route(AUTHORIZATION_PATH, get(authorization::authorize))
            .route(TOKEN_PATH, post(token_endpoint::token))
            .route(TOKENINFO_PATH, get(tokeninfo::tokeninfo))
            .route(USERINFO_PATH, get(userinfo::userinfo))
            .route(JWK_SET_PATH, get(id_token::jwk_set))
            .with_state(Arc::clone(&provider));
        let server = Server::start("google", router)?;
        Ok(Self { server, provider })
    }

    /// The `client_id` of the one client.
    pub fn client_id(&self) -> &str {
        self.provider.client.id()
    }

    /// The `client_secret` of the one client.
    pub fn client_secret(&self) -> &Token {
        self.provider.client.secret()
    }

    /// The claim `iss` of ID tokens from now on; `https://accounts.google.com` if not set.
    pub fn set_issuer(&self, issuer: &str) {
        *whole(&self.provider.issuer) = issuer.to_owned();
    }

    /// How long access tokens live that are issued from now on, in seconds.
    pub fn set_access_token_lifetime(&self, seconds: u64) {
        whole(&self.provider.tokens).set_lifetime(Duration::from_secs(seconds));
    }

    /// From now on a refresh gives a new refresh token and ends the old one, or does not.
    pub fn set_rotation(&self, rotation: bool) {
        whole(&self.provider.tokens).set_rotation(rotation);
    }

    /// From now on the refresh tokens that the user `sub` has so far are refused; their access tokens
    /// live on.
    pub fn revoke_refresh_tokens(&self, sub: &str) {
        whole(&self.provider.tokens).revoke_refresh_tokens(sub);
    }

    /// Ends the access tokens that the user `sub` has so far, before their time.
    pub fn expire_access_tokens(&self, sub: &str) {
        whole(&self.provider.tokens).expire_access_tokens(sub);
    }

    /// How many access tokens were issued to the user `sub` for a refresh token.
    pub fn refreshes(&self, sub: &str) -> u64 {
        whole(&self.provider.tokens).refreshes(sub)
    }

    /// Every access and refresh token that was ever issued, in order.
    pub fn issued_tokens(&self) -> Vec<Token> {
        whole(&self.provider.tokens).issued().to_vec()
    }

    /// Whether this is an access token that was issued here and has not expired.
    pub fn is_live(&self, access_token: &str) -> bool {
        self.provider.is_live(access_token)
    }

    /// Signs the user `sub` in as a browser does, and gives back the authorization code that it would
    /// take to `redirect_uri`. The code lives 60 seconds.
    ///
    /// # Errors
    /// [`Error::Malformed`] when the answer is not a redirect with a code.
    pub fn sign_in_code(
        &self,
        sub: &str,
        redirect_uri: &str,
        code_challenge: &str,
    ) -> Result<Token> {
        let malformed = |problem: String| Error::malformed("the answer to the sign-in")(problem);
        let scratch = tempfile::tempdir().map_err(Error::io("make a directory for curl"))?;
        let url = self.authorization_url(sub, redirect_uri, code_challenge)?;
        let answer = curl(scratch.path(), &[url.as_str()])?;
        if answer.status != 302 {
            return Err(malformed(format!("its status is {}", answer.status)));
        }
        let location = Url::parse(answer.header("location").unwrap_or_default())
            .map_err(|error| malformed(error.to_string()))?;
        location
            .query_pairs()
            .find(|(name, _)| name == "code")
            .map(|(_, code)| Token::new(code))
            .ok_or_else(|| malformed("it has no code".to_owned()))
    }

    /// What it knows, for those who ask it whether a token is live.
    pub(crate) fn provider(&self) -> Arc<Provider> {
        Arc::clone(&self.provider)
    }

    fn authorization_url(
        &self,
        sub: &str,
        redirect_uri: &str,
        code_challenge: &str,
    ) -> Result<Url> {
        let parameters = [
            ("response_type", "code"),
            ("client_id", self.client_id()),
            ("redirect_uri", redirect_uri),
            ("scope", "openid email"),
            ("code_challenge", code_challenge),
            ("code_challenge_method", "S256"),
            ("login_hint", sub),
        ];
        let endpoint = format!("{}{AUTHORIZATION_PATH}", self.url());
        Url::parse_with_params(&endpoint, parameters).map_err(Error::malformed("Google's address"))
    }
}

impl Deref for Google {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use self::tests::signed_in;
