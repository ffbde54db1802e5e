//! RS256: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, 3.3; RFC 8017, 8.2.2).
//!
//! The one place that knows who does the arithmetic: the `rsa` crate.

use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::signature::Verifier as _;
use rsa::{BigUint, RsaPublicKey};
use sha2::Sha256;

/// The sizes of modulus that are accepted, in bits.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// The only public exponent that is accepted: the one everybody uses.
const EXPONENT: u32 = 65_537;

/// A key that verifies RS256 signatures.
#[derive(Clone)]
pub struct PublicKey(VerifyingKey<Sha256>);

/// The signature is not this key's over this message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignatureInvalid;

impl PublicKey {
    /// A key from modulus and exponent, big-endian.
    ///
    /// # Errors
    /// What is wrong with the key, in words.
    pub fn from_components(modulus: &[u8], exponent: &[u8]) -> Result<Self, &'static str> {
        let (n, e) = (
            BigUint::from_bytes_be(modulus),
            BigUint::from_bytes_be(exponent),
        );
        if e != BigUint::from(EXPONENT) {
            return Err("expected the exponent 65537");
        }
        if !MODULUS_BITS.contains(&n.bits()) {
            return Err("expected a modulus of 2048 to 4096 bits");
        }
        let key = RsaPublicKey::new(n, e).map_err(|_| "not an RSA public key")?;
        Ok(Self(VerifyingKey::new(key)))
    }

    /// Verifies `signature` over `message`.
    ///
    /// # Errors
    /// [`SignatureInvalid`], whatever is wrong with it.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), SignatureInvalid> {
        let signature = Signature::try_from(signature).map_err(|_| SignatureInvalid)?;
        (self.0.verify(message, &signature)).map_err(|_| SignatureInvalid)
    }
}
