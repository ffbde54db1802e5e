//! HS256 and HS512: HMAC with SHA-256 or SHA-512 (RFC 7518, 3.2).

use std::fmt;

use azat_policy::Algorithm;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Sha256, Sha512};

use super::SignatureInvalid;

/// A key that is shared with those who sign, ready to verify with. It cannot be printed.
#[derive(Clone)]
pub struct SymmetricKey(Key);

#[derive(Clone)]
enum Key {
    Hs256(Hmac<Sha256>),
    Hs512(Hmac<Sha512>),
}

impl SymmetricKey {
    /// A key from its bytes: at least as many as the hash yields (RFC 7518, 3.2).
    ///
    /// # Errors
    /// What is wrong with it, in words; nothing of the key.
    pub fn new(algorithm: Algorithm, key: &[u8]) -> Result<Self, &'static str> {
        const ANY_LENGTH: &str = "expected an HMAC key";
        match algorithm {
            Algorithm::HS256 if key.len() < 32 => Err("expected at least 32 bytes"),
            Algorithm::HS512 if key.len() < 64 => Err("expected at least 64 bytes"),
            Algorithm::HS256 => Hmac::new_from_slice(key)
                .map(|key| Self(Key::Hs256(key)))
                .map_err(|_| ANY_LENGTH),
            Algorithm::HS512 => Hmac::new_from_slice(key)
                .map(|key| Self(Key::Hs512(key)))
                .map_err(|_| ANY_LENGTH),
            Algorithm::RS256 | Algorithm::ES256 => Err("expected an algorithm of shared keys"),
        }
    }

    /// A key from what stands in the Secret Store: base64 with padding (RFC 4648, 4), and at most
    /// one line feed at its end.
    ///
    /// # Errors
    /// What is wrong with it, in words; nothing of the key.
    pub fn from_base64(algorithm: Algorithm, text: &[u8]) -> Result<Self, &'static str> {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let key = STANDARD.decode(text).map_err(|_| "expected base64")?;
        Self::new(algorithm, &key)
    }

    /// The algorithm that the key is for.
    pub fn algorithm(&self) -> Algorithm {
        match self.0 {
            Key::Hs256(_) => Algorithm::HS256,
            Key::Hs512(_) => Algorithm::HS512,
        }
    }

    /// Verifies `signature` over `message`, in a time that does not depend on where they differ.
    ///
    /// # Errors
    /// [`SignatureInvalid`], whatever is wrong with it.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), SignatureInvalid> {
        let outcome = match &self.0 {
            Key::Hs256(key) => key.clone().chain_update(message).verify_slice(signature),
            Key::Hs512(key) => key.clone().chain_update(message).verify_slice(signature),
        };
        outcome.map_err(|_| SignatureInvalid)
    }
}

impl fmt::Debug for SymmetricKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SymmetricKey(…)")
    }
}

#[cfg(test)]
mod tests;
