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
pub struct SharedKey(Key);

#[derive(Clone)]
enum Key {
    Hs256(Hmac<Sha256>),
    Hs512(Hmac<Sha512>),
}

impl SharedKey {
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

    /// A key from what stands in the Secret Store: base64 with padding (RFC 4648, 4), and at most one line
    /// feed at its end.
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

impl fmt::Debug for SharedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use azat_policy::Algorithm;

    use super::SharedKey;
    use crate::jose::base64url;

    /// The example of RFC 7515, A.1.
    #[test]
    fn the_standards_example_verifies() {
        let key = base64url::decode(
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
        )
        .unwrap();
        let message = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let signature = base64url::decode("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap();
        let secret = SharedKey::new(Algorithm::HS256, &key).unwrap();
        assert!(secret.verify(message.as_bytes(), &signature).is_ok());
        assert!(secret.verify(b"", &signature).is_err());
        assert!(secret.verify(message.as_bytes(), &signature[..31]).is_err());
        assert!(secret.verify(message.as_bytes(), &[]).is_err());
        let other = SharedKey::new(Algorithm::HS512, &key).unwrap();
        assert!(other.verify(message.as_bytes(), &signature).is_err());
    }

    #[test]
    fn a_key_is_as_long_as_its_hash() {
        let fault = |algorithm, length| SharedKey::new(algorithm, &vec![7; length]).err();
        assert_eq!(
            fault(Algorithm::HS256, 31),
            Some("expected at least 32 bytes")
        );
        assert_eq!(fault(Algorithm::HS256, 32), None);
        assert_eq!(
            fault(Algorithm::HS512, 63),
            Some("expected at least 64 bytes")
        );
        assert_eq!(fault(Algorithm::HS512, 64), None);
        let public = Some("expected an algorithm of shared keys");
        assert_eq!(fault(Algorithm::RS256, 64), public);
        assert_eq!(fault(Algorithm::ES256, 64), public);
    }

    #[test]
    fn a_key_stands_in_the_store_as_base64() {
        let read = |text: &[u8]| SharedKey::from_base64(Algorithm::HS256, text).err();
        assert_eq!(read("+/+/".repeat(11).as_bytes()), None);
        assert_eq!(read(format!("{}\n", "+/+/".repeat(11)).as_bytes()), None);
        assert_eq!(read(b"AAAA"), Some("expected at least 32 bytes"));
        for text in [
            "-_-_".repeat(11),
            "AAAA ".repeat(11),
            "A".repeat(45),
            String::from("\u{e9}"),
        ] {
            assert_eq!(read(text.as_bytes()), Some("expected base64"), "{text:?}");
        }
    }

    #[test]
    fn a_key_cannot_be_printed() {
        let secret = SharedKey::new(Algorithm::HS256, &[7; 32]).unwrap();
        assert_eq!(format!("{secret:?}"), "SharedKey(…)");
    }
}
