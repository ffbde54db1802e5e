//! ES256: ECDSA on P-256 with SHA-256 (RFC 7518, 3.4; FIPS 186-5, 6.4.2).
//!
//! The one place that knows who does the arithmetic: the `p256` crate.

use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};

use super::SignatureInvalid;

/// How long a coordinate is, in bytes (RFC 7518, 6.2.1.2).
const COORDINATE_LENGTH: usize = 32;

/// A key that verifies ES256 signatures.
#[derive(Clone)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// A key from its coordinates, big-endian, 32 bytes each.
    ///
    /// # Errors
    /// What is wrong with the key, in words.
    pub fn from_coordinates(x: &[u8], y: &[u8]) -> Result<Self, &'static str> {
        if [x.len(), y.len()] != [COORDINATE_LENGTH; 2] {
            return Err("expected x and y of 32 bytes");
        }
        // An uncompressed point (SEC 1, 2.3.3).
        let point = [&[4], x, y].concat();
        let key = VerifyingKey::from_sec1_bytes(&point)
            .map_err(|_| "expected x and y to be a point on P-256")?;
        Ok(Self(key))
    }

    /// Verifies `signature` (r and s, big-endian, 32 bytes each) over `message`.
    ///
    /// Both s and its negative are good: RFC 7518 prefers neither.
    ///
    /// # Errors
    /// [`SignatureInvalid`], whatever is wrong with it.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), SignatureInvalid> {
        // Refuses any other length, and r and s outside 1 to n-1.
        let signature = Signature::from_slice(signature).map_err(|_| SignatureInvalid)?;
        (self.0.verify_prehash(&Sha256::digest(message), &signature)).map_err(|_| SignatureInvalid)
    }
}
