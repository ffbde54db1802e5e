//! The published half of the signing keys.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::signing_key::SigningKey;

/// A JWK set of public keys (RFC 7517, 5), the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JwkSet {
    keys: Vec<PublicJwk>,
}

/// The public members of an RSA key (RFC 7517, 4; RFC 7518, 6.3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct PublicJwk {
    kty: &'static str,
    n: String,
    e: String,
    kid: String,
    alg: &'static str,
    r#use: &'static str,
}

impl JwkSet {
    /// The public halves of `keys`.
    pub fn of(keys: &[SigningKey]) -> Self {
        Self {
            keys: keys.iter().map(PublicJwk::of).collect(),
        }
    }
}

impl PublicJwk {
    fn of(key: &SigningKey) -> Self {
        Self {
            kty: "RSA",
            n: URL_SAFE_NO_PAD.encode(key.modulus()),
            e: URL_SAFE_NO_PAD.encode(key.exponent()),
            kid: key.kid().to_owned(),
            alg: "RS256",
            r#use: "sig",
        }
    }
}

#[cfg(test)]
mod tests;
