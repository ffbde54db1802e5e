//! An AZAT: the token that proves a user to the edge for days.

use std::fmt;
use std::str::FromStr;

use azat_edge::time::UnixTime;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::pkcs1;
use serde::Serialize;

use super::signing_key::SigningKey;
use crate::base_url::BaseUrl;
use crate::subject::Subject;

/// The longest lifetime, in seconds: 7 days.
const MAXIMUM_LIFETIME: u32 = 7 * 86_400;

/// A signed token. Whoever has it is taken for its subject, so it is never shown by `Debug`.
pub struct Azat(String);

/// How long an AZAT is good for: 1 second to 7 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime(u32);

/// Why a number of seconds is not a lifetime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to {MAXIMUM_LIFETIME} seconds, which is 7 days")]
pub struct NotALifetime;

/// Why no token could be minted.
#[derive(Debug, thiserror::Error)]
pub enum MintFault {
    /// The key cannot be handed over.
    #[error(transparent)]
    Key(#[from] pkcs1::Error),
    /// The signature failed.
    #[error(transparent)]
    Signature(#[from] jsonwebtoken::errors::Error),
}

/// The claims (RFC 7519, 4.1).
#[derive(Serialize)]
struct Claims<'c> {
    iss: &'c str,
    sub: &'c str,
    iat: UnixTime,
    exp: UnixTime,
    jti: String,
}

impl Azat {
    /// Mints the token of number `jti` among those of its subject, signed by `key`, good from now
    /// on.
    ///
    /// # Errors
    /// [`MintFault`].
    pub fn mint(
        key: &SigningKey,
        issuer: &BaseUrl,
        subject: &Subject,
        jti: u64,
        lifetime: Lifetime,
        now: UnixTime,
    ) -> Result<Self, MintFault> {
        let header = Header {
            kid: Some(key.kid().to_owned()),
            ..Header::new(Algorithm::RS256)
        };
        let claims = Claims {
            iss: issuer.as_str(),
            sub: subject.as_str(),
            iat: now,
            exp: now.plus(lifetime.0.into()),
            jti: jti.to_string(),
        };
        let encoding_key = EncodingKey::from_rsa_der(key.to_pkcs1_der()?.as_bytes());
        Ok(Self(jsonwebtoken::encode(&header, &claims, &encoding_key)?))
    }

    /// The token, to be given to its user.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Azat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Azat(…)")
    }
}

impl Lifetime {
    /// The longest lifetime: 7 days.
    pub const MAXIMUM: Self = Self(MAXIMUM_LIFETIME);

    /// In seconds.
    pub const fn seconds(self) -> u32 {
        self.0
    }
}

impl FromStr for Lifetime {
    type Err = NotALifetime;

    fn from_str(seconds: &str) -> Result<Self, Self::Err> {
        match seconds.parse() {
            Ok(seconds @ 1..=MAXIMUM_LIFETIME) => Ok(Self(seconds)),
            _ => Err(NotALifetime),
        }
    }
}

#[cfg(test)]
mod tests;
