//! The keys that AZATs are signed with.

use std::fmt;

use azat_edge::jose::Thumbprint;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::pkcs8::{self, DecodePrivateKey as _, EncodePrivateKey as _};
use rsa::rand_core::OsRng;
use rsa::traits::PublicKeyParts as _;
use rsa::{RsaPrivateKey, pkcs1};

/// The size of a new key's modulus, in bits (RFC 7518, 3.3).
const MODULUS_BITS: usize = 2048;

/// An RSA key pair, named by its thumbprint.
#[derive(Clone)]
pub struct SigningKey {
    private: RsaPrivateKey,
    kid: String,
}

impl SigningKey {
    /// A new key.
    ///
    /// # Errors
    /// No two primes were found.
    pub fn generate() -> Result<Self, rsa::Error> {
        RsaPrivateKey::new(&mut OsRng, MODULUS_BITS).map(Self::from_private)
    }

    /// Reads a key from PKCS#8 DER (RFC 5208).
    ///
    /// # Errors
    /// Bytes that are not an RSA key.
    pub fn from_pkcs8_der(der: &[u8]) -> pkcs8::Result<Self> {
        RsaPrivateKey::from_pkcs8_der(der).map(Self::from_private)
    }

    /// The key in PKCS#8 DER (RFC 5208).
    ///
    /// # Errors
    /// None occurs with a key of this kind.
    pub fn to_pkcs8_der(&self) -> pkcs8::Result<pkcs8::SecretDocument> {
        self.private.to_pkcs8_der()
    }

    /// The key's name: its SHA-256 thumbprint (RFC 7638).
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The modulus, big-endian.
    pub fn modulus(&self) -> Vec<u8> {
        self.private.n().to_bytes_be()
    }

    /// The public exponent, big-endian.
    pub fn exponent(&self) -> Vec<u8> {
        self.private.e().to_bytes_be()
    }

    /// The key in PKCS#1 DER (RFC 8017, A.1.2), as `jsonwebtoken` reads it.
    pub(crate) fn to_pkcs1_der(&self) -> pkcs1::Result<pkcs8::SecretDocument> {
        self.private.to_pkcs1_der()
    }

    fn from_private(private: RsaPrivateKey) -> Self {
        let (modulus, exponent) = (private.n().to_bytes_be(), private.e().to_bytes_be());
        let kid = Thumbprint::of_rsa(&modulus, &exponent).to_string();
        Self { private, kid }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, …)", self.kid)
    }
}

#[cfg(test)]
mod tests;
