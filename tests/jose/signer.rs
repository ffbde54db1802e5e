//! Who signs the tests' tokens, and who verifies them.

use azat_edge::jose::{Compact, KeySet, Keys, SymmetricKey, TokenFault, Verified};
use azat_edge::time::UnixTime;
use azat_policy::{Algorithm, Profile};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use rand::rngs::StdRng;
use rand::{RngCore as _, SeedableRng as _};
use serde_json::{Value, json};
use sha2::{Sha256, Sha512};

use crate::smooth_key::{EXPONENT, SmoothKey};

/// A private or shared key of each algorithm.
pub(crate) enum Signer {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256(SmoothKey),
    /// ECDSA on P-256 with SHA-256.
    Es256(SigningKey),
    /// HMAC with SHA-256.
    Hs256(Vec<u8>),
    /// HMAC with SHA-512.
    Hs512(Vec<u8>),
}

/// The published keys or the shared one.
pub(crate) enum KeyMaterial {
    /// A JWK set.
    Published(KeySet),
    /// A shared key.
    Shared(Box<SymmetricKey>),
}

impl Signer {
    /// The key that belongs to this seed: 2048 bits for RSA, 64 bytes for HMAC.
    pub(crate) fn new(algorithm: Algorithm, seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let mut bytes = vec![0; 64];
        random.fill_bytes(&mut bytes);
        match algorithm {
            Algorithm::RS256 => Self::Rs256(SmoothKey::random(2048, &mut random)),
            Algorithm::ES256 => {
                Self::Es256(SigningKey::from_slice(&bytes[..32]).expect("a scalar"))
            }
            Algorithm::HS256 => Self::Hs256(bytes),
            Algorithm::HS512 => Self::Hs512(bytes),
        }
    }

    /// The signature over these bytes, as JOSE has it.
    pub(crate) fn sign(&self, input: &[u8]) -> Vec<u8> {
        match self {
            Self::Rs256(key) => key.sign(input),
            Self::Es256(key) => {
                let signature: Signature = key.sign(input);
                signature.to_bytes().to_vec()
            }
            Self::Hs256(key) => {
                let mac = Hmac::<Sha256>::new_from_slice(key).expect("any length will do");
                mac.chain_update(input).finalize().into_bytes().to_vec()
            }
            Self::Hs512(key) => {
                let mac = Hmac::<Sha512>::new_from_slice(key).expect("any length will do");
                mac.chain_update(input).finalize().into_bytes().to_vec()
            }
        }
    }

    /// A token over this header and this payload, whatever they are.
    pub(crate) fn token(&self, header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
        let input = format!("{}.{}", base64url(header), base64url(payload));
        let signature = self.sign(input.as_bytes());
        format!("{input}.{}", base64url(signature))
    }

    /// The public half as a JWK; `None` for shared keys.
    pub(crate) fn jwk(&self, kid: &str) -> Option<Value> {
        match self {
            Self::Rs256(key) => Some(json!({
                "kty": "RSA",
                "kid": kid,
                "n": base64url(key.modulus().to_bytes_be()),
                "e": base64url(&EXPONENT.to_be_bytes()[5..]),
            })),
            Self::Es256(key) => {
                let point = key.verifying_key().to_sec1_point(false);
                Some(json!({
                    "kty": "EC",
                    "crv": "P-256",
                    "kid": kid,
                    "x": base64url(&point.as_bytes()[1..33]),
                    "y": base64url(&point.as_bytes()[33..]),
                }))
            }
            Self::Hs256(_) | Self::Hs512(_) => None,
        }
    }

    /// What verifies this signer's tokens: a set with its one key, `k1`, or the shared key.
    pub(crate) fn material(&self) -> KeyMaterial {
        let secret = |algorithm, key| {
            let secret = SymmetricKey::new(algorithm, key).expect("a key of 64 bytes");
            KeyMaterial::Shared(Box::new(secret))
        };
        match self {
            Self::Hs256(key) => secret(Algorithm::HS256, key),
            Self::Hs512(key) => secret(Algorithm::HS512, key),
            Self::Rs256(_) | Self::Es256(_) => {
                let set = json!({"keys": [self.jwk("k1")]});
                KeyMaterial::Published(KeySet::from_json(&set).expect("a good key"))
            }
        }
    }
}

impl KeyMaterial {
    /// As the core wants it.
    pub(crate) fn keys(&self) -> Keys<'_> {
        match self {
            Self::Published(set) => Keys::Published(set),
            Self::Shared(secret) => Keys::Symmetric(secret),
        }
    }

    /// Believes a token, or says what is wrong with it.
    pub(crate) fn verify(
        &self,
        token: &str,
        profile: &Profile,
        now: UnixTime,
    ) -> Result<Verified, TokenFault> {
        Compact::parse(token)?
            .authenticate(profile, self.keys())?
            .verify(profile, now)
    }
}

/// base64url without padding (RFC 7515, 2).
pub(crate) fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
