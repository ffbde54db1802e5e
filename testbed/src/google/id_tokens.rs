//! ID tokens: who signed in, for which client (OpenID Connect Core, 2).

use std::sync::LazyLock;
use std::time::SystemTime;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::grant::Grant;
use crate::error::{Error, Result};
use crate::signing_key::{SigningKey, numeric_date};
use crate::token::Token;

/// However long the access token lives.
const LIFETIME_SECONDS: u64 = 60 * 60;

/// The rules for new ID tokens, and the keys that sign them.
pub(super) struct IdTokens {
    issuer: String,
    published: &'static SigningKey,
    /// The key that signs, published or not.
    signer: &'static SigningKey,
    /// Claims that take the place of others or, where they are null, are left out.
    changes: Map<String, Value>,
}

impl IdTokens {
    /// Good ones, as Google issues them.
    ///
    /// # Errors
    /// [`Error::Key`].
    pub(super) fn new() -> Result<Self> {
        static KEY: KeyOfProcess = LazyLock::new(generated);
        let published = made(&KEY)?;
        Ok(Self {
            issuer: "https://accounts.google.com".to_owned(),
            published,
            signer: published,
            changes: Map::new(),
        })
    }

    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    pub(super) fn set_issuer(&mut self, issuer: &str) {
        issuer.clone_into(&mut self.issuer);
    }

    pub(super) fn set_changes(&mut self, changes: Map<String, Value>) {
        self.changes = changes;
    }

    /// Makes the key now, so that no client has to wait for it.
    pub(super) fn set_unpublished(&mut self, unpublished: bool) -> Result<()> {
        static UNPUBLISHED: KeyOfProcess = LazyLock::new(generated);
        self.signer = match unpublished {
            true => made(&UNPUBLISHED)?,
            false => self.published,
        };
        Ok(())
    }

    /// The public key, as a JWK.
    pub(super) fn jwk(&self) -> &Value {
        &self.published.jwk
    }

    /// The one that goes with an access token of `grant`.
    pub(super) fn issue(
        &self,
        grant: &Grant,
        access_token: &Token,
        now: SystemTime,
    ) -> Result<Token> {
        let issued_at = numeric_date(now);
        let mut claims = json!({
            "iss": self.issuer,
            "azp": grant.authorized_party,
            "aud": grant.audience,
            "sub": grant.sub,
            "email": grant.email(),
            "email_verified": true,
            "at_hash": at_hash(access_token.reveal()),
            "iat": issued_at,
            "exp": issued_at + LIFETIME_SECONDS,
        });
        if let Some(claims) = claims.as_object_mut() {
            claims.extend(self.changes.clone());
            claims.retain(|_, value| !value.is_null());
        }
        self.signer.sign(&claims).map(Token::new)
    }
}

/// Making a key is slow, so all of a process share theirs, as the forgers do.
type KeyOfProcess = LazyLock<Result<SigningKey, String>>;

fn generated() -> Result<SigningKey, String> {
    SigningKey::generate().map_err(|error| error.to_string())
}

fn made(key: &'static KeyOfProcess) -> Result<&'static SigningKey> {
    (key.as_ref()).map_err(|problem| Error::Key(problem.clone()))
}

/// The left half of the access token's SHA-256 (OpenID Connect Core, 3.1.3.6).
fn at_hash(access_token: &str) -> String {
    let digest = Sha256::digest(access_token);
    BASE64_URL_SAFE_NO_PAD.encode(&digest[..digest.len() / 2])
}
