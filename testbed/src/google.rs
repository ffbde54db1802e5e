//! The stand-in for Google's identity provider.

mod authorization;
mod client;
mod client_settings;
mod codes;
mod grant;
mod id_tokens;
mod jwk_set;
mod pkce;
mod provider;
mod refusal;
mod token_endpoint;
mod tokeninfo;
mod tokens;
mod unasked;
mod userinfo;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use serde_json::{Map, Value};
use url::Url;

pub use self::pkce::Pkce;
pub(crate) use self::provider::Provider;
use self::refusal::{BAD_CODE, BAD_REDIRECT_URI, BAD_REFRESH_TOKEN, BAD_VERIFIER};

use crate::curl::curl;
use crate::error::{Error, Result};
use crate::lock::whole;
use crate::server::Server;
use crate::server::recorded::Recorded;
use crate::token::{Token, UsedTokens};

/// A [`Server`] that is an identity provider with one client, and answers as Google does: it signs
/// everybody in without asking, and its access tokens really expire.
pub struct Google {
    server: Server,
    provider: Arc<Provider>,
}

impl Google {
    /// Where a browser signs in.
    pub const AUTHORIZATION_PATH: &str = "/o/oauth2/v2/auth";
    /// The token endpoint.
    pub const TOKEN_PATH: &str = "/token";
    /// Where an access token is looked up.
    pub const TOKENINFO_PATH: &str = "/oauth2/v3/tokeninfo";
    /// Where the bearer of an access token is looked up.
    pub const USERINFO_PATH: &str = "/oauth2/v3/userinfo";
    /// Where the keys of ID tokens are.
    pub const JWK_SET_PATH: &str = "/oauth2/v3/certs";

    /// Its error texts for a bad code or refresh token. A client must not pass them on.
    pub const GRANT_REFUSALS: [&str; 4] =
        [BAD_CODE, BAD_REDIRECT_URI, BAD_VERIFIER, BAD_REFRESH_TOKEN];

    /// Starts it, with access tokens that live an hour and without rotation.
    ///
    /// # Errors
    /// When it has no port or no key.
    pub fn start() -> Result<Self> {
        Self::start_remembered(UsedTokens::default())
    }

    /// The same, and puts what it issues among the `used` tokens.
    ///
    /// # Errors
    /// When it has no port or no key.
    pub(crate) fn start_remembered(used: UsedTokens) -> Result<Self> {
        let provider = Arc::new(Provider::new(used)?);
        let router = Router::new()
            .route(Self::AUTHORIZATION_PATH, get(authorization::authorize))
            .route(Self::TOKEN_PATH, post(token_endpoint::token))
            .route(Self::TOKENINFO_PATH, get(tokeninfo::tokeninfo))
            .route(Self::USERINFO_PATH, get(userinfo::userinfo))
            .route(Self::JWK_SET_PATH, get(jwk_set::jwk_set))
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
        whole(&self.provider.id_tokens).set_issuer(issuer);
    }

    /// From now on ID tokens have these claims in place of their own; a claim that is null is left
    /// out.
    pub fn set_id_token_claims(&self, changes: Map<String, Value>) {
        whole(&self.provider.id_tokens).set_changes(changes);
    }

    /// From now on ID tokens are signed with a key that is not among the published ones, or again
    /// with the one that is.
    ///
    /// # Errors
    /// [`Error::Key`] when the key cannot be made.
    pub fn set_unpublished_key(&self, unpublished: bool) -> Result<()> {
        whole(&self.provider.id_tokens).set_unpublished(unpublished)
    }

    /// How long access tokens live that are issued from now on, in seconds.
    pub fn set_access_token_lifetime(&self, seconds: u64) {
        whole(&self.provider.tokens).set_lifetime(Duration::from_secs(seconds));
    }

    /// From now on a refresh gives a new refresh token and ends the old one, or does not.
    pub fn set_rotation(&self, rotation: bool) {
        whole(&self.provider.tokens).set_rotation(rotation);
    }

    /// From now on the refresh tokens that the user `sub` has so far are refused; their access
    /// tokens live on.
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

    /// What the token endpoint was asked so far with this `grant_type`, as forms.
    pub fn token_requests(&self, grant_type: &str) -> Vec<BTreeMap<String, String>> {
        let requests = self.requests_at(Self::TOKEN_PATH);
        let forms = requests.iter().map(Recorded::form);
        forms
            .filter(|form| form.get("grant_type").is_some_and(|own| own == grant_type))
            .collect()
    }

    /// The refresh tokens of the user `sub` that are good, in no order.
    pub fn refresh_tokens(&self, sub: &str) -> Vec<Token> {
        whole(&self.provider.tokens).refresh_tokens(sub)
    }

    /// Every access and refresh token that was ever issued, in order.
    pub fn issued_tokens(&self) -> Vec<Token> {
        whole(&self.provider.tokens).issued().to_vec()
    }

    /// Whether this is an access token that was issued here and has not expired.
    pub fn is_live(&self, access_token: &str) -> bool {
        self.provider.is_live(access_token)
    }

    /// Signs the user `sub` in as a browser does, and gives back the authorization code that it
    /// would take to `redirect_uri`. The code lives 60 seconds.
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
        let endpoint = format!("{}{}", self.url(), Self::AUTHORIZATION_PATH);
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
