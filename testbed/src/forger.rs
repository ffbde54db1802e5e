//! Tokens that must be refused, each bad in one way.

use std::sync::LazyLock;
use std::time::SystemTime;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::signing_key::{SigningKey, key_error, numeric_date};
use crate::token::{Token, UsedTokens};

const DAY: u64 = 24 * 60 * 60;

/// Makes tokens that must be refused. One of its keys is published beside the origin's, so that
/// what it signs with it is authentic; the other one is not.
pub struct Forger {
    issuer: String,
    subject: String,
    keys: &'static Keys,
    used: UsedTokens,
}

struct Keys {
    published: SigningKey,
    unpublished: SigningKey,
}

impl Forger {
    /// A forger of tokens of `issuer` for `subject` (`<issuer>#<subject>` of the identity
    /// provider).
    ///
    /// # Errors
    /// [`Error::Key`] when its keys cannot be made.
    pub(crate) fn new(issuer: &str, subject: &str, used: UsedTokens) -> Result<Self> {
        // Making keys is slow, so all forgers of a process share theirs.
        static KEYS: LazyLock<Result<Keys, String>> =
            LazyLock::new(|| Keys::generate().map_err(|e| e.to_string()));
        let keys = KEYS
            .as_ref()
            .map_err(|problem| Error::Key(problem.clone()))?;
        Ok(Self {
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
            keys,
            used,
        })
    }

    /// The JWK of the published key.
    pub fn published_jwk(&self) -> &Value {
        &self.keys.published.jwk
    }

    /// The claims of a good token: `iss`, `sub`, `iat` (now) and `exp` (in seven days).
    pub fn claims(&self) -> Value {
        let now = now();
        json!({"iss": self.issuer, "sub": self.subject, "iat": now, "exp": now + 7 * DAY})
    }

    /// Not a forgery: authentic and in order.
    pub fn valid(&self) -> Result<Token> {
        self.authentic(&self.claims())
    }

    /// `claims`, signed with the published key.
    pub fn authentic(&self, claims: &Value) -> Result<Token> {
        let key = &self.keys.published;
        self.sign(&key.kid, claims, key)
    }

    /// Authentic, but expired an hour ago.
    pub fn expired(&self) -> Result<Token> {
        self.authentic(&self.expired_claims())
    }

    /// Signed with the unpublished key under the published one's `kid`.
    pub fn forged(&self) -> Result<Token> {
        self.sign_falsely(&self.claims())
    }

    /// Expired and forged at once.
    pub fn expired_and_forged(&self) -> Result<Token> {
        self.sign_falsely(&self.expired_claims())
    }

    /// Authentic, but issued by another instance.
    pub fn other_issuer(&self) -> Result<Token> {
        self.authentic(&self.claims_with("iss", "https://issuer.example"))
    }

    /// Signed with the unpublished key under its own `kid`.
    pub fn unknown_kid(&self) -> Result<Token> {
        let key = &self.keys.unpublished;
        self.sign(&key.kid, &self.claims(), key)
    }

    /// With `alg` "none" and an empty signature (RFC 7518, 3.6).
    pub fn without_algorithm(&self) -> Token {
        let header = json!({"typ": "JWT", "alg": "none", "kid": self.keys.published.kid});
        self.remember(format!("{}.{}.", encoded(&header), encoded(&self.claims())))
    }

    /// HS256, with the PEM text of the published key as the secret.
    pub fn public_key_as_secret(&self) -> Result<Token> {
        let header = Header {
            kid: Some(self.keys.published.kid.clone()),
            ..Header::new(Algorithm::HS256)
        };
        let secret = EncodingKey::from_secret(self.keys.published.public_pem.as_bytes());
        let token = jsonwebtoken::encode(&header, &self.claims(), &secret).map_err(key_error)?;
        Ok(self.remember(token))
    }

    /// Authentic, with eight days from `iat` to `exp`.
    pub fn long_lived(&self) -> Result<Token> {
        self.authentic(&self.claims_with("exp", now() + 8 * DAY))
    }

    /// Authentic, with an `iat` and an `nbf` one hour from now.
    pub fn not_yet_valid(&self) -> Result<Token> {
        let later = now() + 60 * 60;
        let mut claims = self.claims_with("iat", later);
        claims["nbf"] = later.into();
        self.authentic(&claims)
    }

    /// Authentic, without `exp`.
    pub fn without_expiration(&self) -> Result<Token> {
        let mut claims = self.claims();
        if let Some(members) = claims.as_object_mut() {
            members.remove("exp");
        }
        self.authentic(&claims)
    }

    /// A good token in which another subject was put, without a new signature.
    pub fn tampered(&self) -> Result<Token> {
        let valid = self.valid()?;
        let claims = self.claims_with("sub", format!("{}0", self.subject));
        let mut parts: Vec<_> = valid.reveal().split('.').collect();
        let payload = encoded(&claims);
        if let Some(part) = parts.get_mut(1) {
            *part = &payload;
        }
        Ok(self.remember(parts.join(".")))
    }

    fn claims_with(&self, name: &str, value: impl Into<Value>) -> Value {
        let mut claims = self.claims();
        claims[name] = value.into();
        claims
    }

    fn expired_claims(&self) -> Value {
        let mut claims = self.claims_with("iat", now() - DAY);
        claims["exp"] = (now() - 60 * 60).into();
        claims
    }

    fn sign_falsely(&self, claims: &Value) -> Result<Token> {
        self.sign(&self.keys.published.kid, claims, &self.keys.unpublished)
    }

    fn sign(&self, kid: &str, claims: &Value, key: &SigningKey) -> Result<Token> {
        key.sign_as(kid, claims).map(|token| self.remember(token))
    }

    fn remember(&self, token: String) -> Token {
        self.used.remember(Token::new(token))
    }
}

impl Keys {
    fn generate() -> Result<Self> {
        // Side by side: each takes long, and how long is chance.
        let (published, unpublished) = std::thread::scope(|scope| {
            let unpublished = scope.spawn(SigningKey::generate);
            (SigningKey::generate(), unpublished.join())
        });
        let panicked = |_| Error::Key("its making panicked".to_owned());
        Ok(Self {
            published: published?,
            unpublished: unpublished.map_err(panicked)??,
        })
    }
}

fn encoded(part: &Value) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(part.to_string())
}

fn now() -> u64 {
    numeric_date(SystemTime::now())
}

#[cfg(test)]
mod tests;
