//! RSA keys that sign JWTs, and time as it stands in them.

use std::time::{SystemTime, UNIX_EPOCH};

use jsonwebtoken::jwk::{Jwk, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::{EncodePublicKey, LineEnding};
use rsa::rand_core::OsRng;
use serde_json::Value;

use crate::error::{Error, Result};

const BITS: usize = 2048;

/// An RSA key that signs JWTs with RS256. It names itself by its thumbprint (RFC 7638).
pub(crate) struct SigningKey {
    pub(crate) kid: String,
    /// The public half.
    pub(crate) jwk: Value,
    pub(crate) public_pem: String,
    signing: EncodingKey,
}

impl SigningKey {
    /// A new one. This is slow.
    pub(crate) fn generate() -> Result<Self> {
        let private = RsaPrivateKey::new(&mut OsRng, BITS).map_err(key_error)?;
        let public_pem = private
            .to_public_key()
            .to_public_key_pem(LineEnding::LF)
            .map_err(key_error)?;
        let signing =
            EncodingKey::from_rsa_der(private.to_pkcs1_der().map_err(key_error)?.as_bytes());
        let mut jwk = Jwk::from_encoding_key(&signing, Algorithm::RS256).map_err(key_error)?;
        let kid = jwk.thumbprint(ThumbprintHash::SHA256).map_err(key_error)?;
        jwk.common.key_id = Some(kid.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        let jwk = serde_json::to_value(jwk).map_err(key_error)?;
        Ok(Self {
            kid,
            jwk,
            signing,
            public_pem,
        })
    }

    /// A JWT of `claims` in compact form.
    pub(crate) fn sign(&self, claims: &Value) -> Result<String> {
        self.sign_as(&self.kid, claims)
    }

    /// The same under any `kid`.
    pub(crate) fn sign_as(&self, kid: &str, claims: &Value) -> Result<String> {
        let header = Header {
            kid: Some(kid.to_owned()),
            ..Header::new(Algorithm::RS256)
        };
        jsonwebtoken::encode(&header, claims, &self.signing).map_err(key_error)
    }
}

/// A time as a JWT has it (NumericDate, RFC 7519, 2): whole seconds since 1970.
pub(crate) fn numeric_date(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// For `map_err`: a key could not be made or used.
pub(crate) fn key_error(error: impl ToString) -> Error {
    Error::Key(error.to_string())
}
