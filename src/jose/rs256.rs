//! RS256: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, 3.3; RFC 8017, 8.2.2).
//!
//! The arithmetic is the project's own, because WebAssembly is where it runs
//! (`docs/decisions/own-rs256-kernel.md`). All of it is about public data: there is nothing to hide
//! in time or memory. A signature is never parsed: the encoded message it has to stand for is
//! built, and compared as a whole.
//!
//! ```text
//! [`PublicKey`]   which keys and signatures are considered; the encoded message
//! modulus         what is computed once per key; is this number that one's 65537th power?
//! montgomery      products and squares modulo a key
//! lanes           how one block is multiplied with another: scalar, or SIMD
//! number, words   numbers as lanes have them, and as everybody has them
//! ```

mod lanes;
mod modulus;
mod montgomery;
mod number;
#[cfg(any(test, not(target_feature = "simd128")))]
mod scalar;
#[cfg(target_feature = "simd128")]
mod simd;
mod words;

use sha2::{Digest as _, Sha256};

use self::modulus::Modulus;
#[cfg(not(target_feature = "simd128"))]
use self::scalar::Scalar as Chosen;
#[cfg(target_feature = "simd128")]
use self::simd::Simd as Chosen;

/// The sizes of modulus that are accepted, in bits.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// The only public exponent that is accepted, 65537, big-endian.
const EXPONENT: [u8; 3] = [1, 0, 1];

/// What precedes the digest in the encoded message: the DER of its DigestInfo (RFC 8017, 9.2, note
/// 1).
const SHA256_DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

/// A key that verifies RS256 signatures.
#[derive(Clone)]
pub struct PublicKey {
    /// Big-endian, without leading zeros.
    bytes: Vec<u8>,
    modulus: Modulus<Chosen>,
}

/// The signature is not this key's over this message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignatureInvalid;

impl PublicKey {
    /// A key from modulus and exponent, big-endian.
    ///
    /// # Errors
    /// What is wrong with the key, in words.
    pub fn from_components(modulus: &[u8], exponent: &[u8]) -> Result<Self, &'static str> {
        let (n, e) = (without_zeros(modulus), without_zeros(exponent));
        if e != EXPONENT {
            return Err("expected the exponent 65537");
        }
        if !MODULUS_BITS.contains(&words::bits(n)) {
            return Err("expected a modulus of 2048 to 4096 bits");
        }
        if n.last().is_none_or(|lowest| lowest % 2 == 0) {
            return Err("expected an odd modulus");
        }
        Ok(Self {
            bytes: n.to_vec(),
            modulus: Modulus::new(n),
        })
    }

    /// Verifies `signature` over `message`.
    ///
    /// # Errors
    /// [`SignatureInvalid`], whatever is wrong with it.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), SignatureInvalid> {
        let length = self.bytes.len();
        let representative = signature.len() == length && signature < self.bytes.as_slice();
        match representative
            && (self.modulus).is_power(signature, &encoded_message(message, length))
        {
            true => Ok(()),
            false => Err(SignatureInvalid),
        }
    }
}

/// EMSA-PKCS1-v1_5 with SHA-256, of `length` bytes (RFC 8017, 9.2).
fn encoded_message(message: &[u8], length: usize) -> Vec<u8> {
    let digest = Sha256::digest(message);
    let padding = length.saturating_sub(3 + SHA256_DIGEST_INFO.len() + digest.len());
    let mut encoded = Vec::with_capacity(length);
    encoded.extend([0, 1]);
    encoded.resize(2 + padding, 0xff);
    encoded.push(0);
    encoded.extend(SHA256_DIGEST_INFO);
    encoded.extend(digest);
    encoded
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|&&byte| byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

#[cfg(test)]
mod tests;
