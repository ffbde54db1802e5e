//! Keys and tokens for one run: made anew each time, so that no private key is ever stored.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, anyhow};
use bench_harness::{Input, Signed};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use p256::pkcs8::EncodePrivateKey as _;
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::pkcs8::{EncodePublicKey as _, LineEnding};
use rsa::rand_core::OsRng;
use serde_json::{Value, json};

const ISSUER: &str = "https://service.azul.example";
const HOUR: u64 = 60 * 60;

/// As many as make the signed text about 700 bytes long, like an AZAT's.
const SCOPE_WORDS: usize = 36;

/// A good token of each kind, for programs that measure each operation for so many milliseconds.
///
/// # Errors
/// When a key cannot be made or used.
pub(crate) fn input(milliseconds: u64) -> Result<Input> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let mut signed = BTreeMap::new();
    for bits in [2048, 3072, 4096] {
        signed.insert(format!("RS256-{bits}"), rs256(bits, now)?);
    }
    signed.insert("ES256".to_owned(), es256(now)?);
    Ok(Input {
        milliseconds,
        issuer: ISSUER.to_owned(),
        now,
        signed,
    })
}

/// As the origin mints an AZAT.
fn rs256(bits: usize, now: u64) -> Result<Signed> {
    let private = RsaPrivateKey::new(&mut OsRng, bits)?;
    let pem = private.to_public_key().to_public_key_pem(LineEnding::LF)?;
    let key = EncodingKey::from_rsa_der(private.to_pkcs1_der()?.as_bytes());
    let claims = json!({
        "iss": ISSUER, "sub": "https://accounts.google.com#100000000000000000001",
        "iat": now, "exp": now + HOUR, "jti": "1", "scope": scope(),
    });
    sign(Algorithm::RS256, Some("bench"), &key, pem, &claims)
}

/// As Azul mints an APAT: without an issuer and without a `kid`.
fn es256(now: u64) -> Result<Signed> {
    let private = p256::SecretKey::random(&mut OsRng);
    let pem = private.public_key().to_public_key_pem(LineEnding::LF)?;
    let key = EncodingKey::from_ec_der(private.to_pkcs8_der()?.as_bytes());
    let claims = json!({
        "sub": "#100000000000000000001", "iat": now, "exp": now + HOUR, "jti": "1", "scope": scope(),
    });
    sign(Algorithm::ES256, None, &key, pem, &claims)
}

fn sign(
    algorithm: Algorithm,
    kid: Option<&str>,
    key: &EncodingKey,
    pem: String,
    claims: &Value,
) -> Result<Signed> {
    let header = Header {
        kid: kid.map(str::to_owned),
        ..Header::new(algorithm)
    };
    let mut jwk = Jwk::from_encoding_key(key, algorithm).map_err(|error| anyhow!("{error}"))?;
    jwk.common.key_id = Some("bench".to_owned());
    Ok(Signed {
        token: jsonwebtoken::encode(&header, claims, key)?,
        jwk: serde_json::to_value(jwk)?,
        pem,
    })
}

fn scope() -> String {
    ["read:files"; SCOPE_WORDS].join(" ")
}

#[cfg(test)]
mod tests;
