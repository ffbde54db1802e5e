//! Thumbprints of keys (RFC 7638).

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::base64url;

/// The SHA-256 thumbprint of a key: names it wherever it is published. Shown in base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thumbprint([u8; 32]);

impl Thumbprint {
    /// Of an RSA key, from modulus and exponent, big-endian without leading zeros.
    pub fn of_rsa(modulus: &[u8], exponent: &[u8]) -> Self {
        let (e, n) = (base64url::encode(exponent), base64url::encode(modulus));
        Self::of(&format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#))
    }

    /// Of a key on P-256, from its coordinates, big-endian, 32 bytes each.
    pub fn of_p256(x: &[u8], y: &[u8]) -> Self {
        let (x, y) = (base64url::encode(x), base64url::encode(y));
        Self::of(&format!(
            r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#
        ))
    }

    /// Of the required members, in the one order and spelling (RFC 7638, 3.2, 3.3).
    fn of(required_members: &str) -> Self {
        Self(Sha256::digest(required_members).into())
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64url::encode(&self.0))
    }
}

#[cfg(test)]
mod tests;
