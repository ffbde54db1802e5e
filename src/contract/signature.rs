//! The calls from edge to origin, and the signature that proves who makes them.
//!
//! Both sides use this file: the edge signs, the origin verifies. The signature is an HTTP Message
//! Signature (RFC 9421) with `hmac-sha256` over method, path, query and `Authorization`, and is
//! good for [`MAXIMUM_AGE_SECONDS`]. There is exactly one spelling of it, so the origin compares
//! instead of parsing.
//!
//! ```
//! use azat_edge::contract::signature::{EdgeSecret, SignedParts, sign, verify};
//! use azat_edge::time::UnixTime;
//!
//! let secret = EdgeSecret::new(&[7; 32])?;
//! let call = SignedParts {
//!     method: "POST",
//!     path: "/edge/entitlements",
//!     query: None,
//!     authorization: "Bearer eyJ…",
//! };
//! let now = UnixTime::now();
//! let fields = sign(&secret, call, now);
//! assert!(verify(std::slice::from_ref(&secret), call, &fields, now.plus(60)).is_ok());
//! assert!(verify(&[secret], call, &fields, now.plus(61)).is_err());
//! # Ok::<(), azat_edge::contract::signature::SecretTooShort>(())
//! ```

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderName;
use sha2::Sha256;

use crate::time::UnixTime;

/// The field that carries a signature (RFC 9421, 4.2).
pub const SIGNATURE: HeaderName = HeaderName::from_static("signature");

/// The field that says what is signed, and how (RFC 9421, 4.1).
pub const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");

/// How old a signature may be, and how far ahead the signer's clock may be, in seconds.
pub const MAXIMUM_AGE_SECONDS: u64 = 60;

/// The label under which the signature stands in its two fields (RFC 9421, 4).
const LABEL: &str = "edge";

/// The covered components, in order (RFC 9421, 2).
const COMPONENTS: &str = r#"("@method" "@path" "@query" "authorization")"#;

/// The secret that edge and origin share, ready to sign with.
#[derive(Clone)]
pub struct EdgeSecret(Hmac<Sha256>);

/// Why bytes are not a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected at least {} bytes", EdgeSecret::MINIMUM_LENGTH)]
pub struct SecretTooShort;

impl EdgeSecret {
    /// The fewest bytes that make a secret: as many as the hash yields (RFC 2104, 3).
    pub const MINIMUM_LENGTH: usize = 32;

    /// A secret from its bytes, without the one line feed that ends a file.
    ///
    /// # Errors
    /// [`SecretTooShort`].
    pub fn new(bytes: &[u8]) -> Result<Self, SecretTooShort> {
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        if bytes.len() < Self::MINIMUM_LENGTH {
            return Err(SecretTooShort);
        }
        Hmac::new_from_slice(bytes)
            .map(Self)
            .map_err(|_| SecretTooShort)
    }
}

impl fmt::Debug for EdgeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EdgeSecret(…)")
    }
}

/// The parts of a request that are signed.
#[derive(Clone, Copy)]
pub struct SignedParts<'r> {
    /// The method, as in `POST`.
    pub method: &'r str,
    /// The path as it stands in the request target, beginning with `/`.
    pub path: &'r str,
    /// The query without its `?`; absent and empty are the same.
    pub query: Option<&'r str>,
    /// The value of `Authorization`.
    pub authorization: &'r str,
}

/// The two fields that carry a signature (RFC 9421, 4.1 and 4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureFields {
    /// The value of `Signature-Input`.
    pub signature_input: String,
    /// The value of `Signature`.
    pub signature: String,
}

/// Why a call is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallFault {
    /// The fields are missing or not as this edge writes them.
    #[error("the call is not signed as the edge signs")]
    Unsigned,
    /// The signature was made too long ago, or ahead of time.
    #[error("the signature is not of the last {MAXIMUM_AGE_SECONDS} seconds")]
    Outdated,
    /// No shared secret yields this signature.
    #[error("the signature does not verify")]
    SignatureInvalid,
}

/// Signs a call.
pub fn sign(secret: &EdgeSecret, parts: SignedParts<'_>, created: UnixTime) -> SignatureFields {
    let parameters = parameters(created.seconds());
    let mac = mac(secret, parts, &parameters).finalize().into_bytes();
    SignatureFields {
        signature_input: format!("{LABEL}={parameters}"),
        signature: format!("{LABEL}=:{}:", STANDARD.encode(mac)),
    }
}

/// Verifies a call against the secrets that are good at the moment: more than one during rotation.
///
/// # Errors
/// [`CallFault`].
pub fn verify(
    secrets: &[EdgeSecret],
    parts: SignedParts<'_>,
    fields: &SignatureFields,
    now: UnixTime,
) -> Result<(), CallFault> {
    let created = created_of(&fields.signature_input).ok_or(CallFault::Unsigned)?;
    let signature = (fields.signature.strip_prefix(LABEL))
        .and_then(|rest| rest.strip_prefix("=:")?.strip_suffix(':'))
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .ok_or(CallFault::Unsigned)?;
    if now.since(created).max(created.since(now)) > MAXIMUM_AGE_SECONDS {
        return Err(CallFault::Outdated);
    }
    let parameters = parameters(created.seconds());
    let verifies = |secret| {
        mac(secret, parts, &parameters)
            .verify_slice(&signature)
            .is_ok()
    };
    if !secrets.iter().any(verifies) {
        return Err(CallFault::SignatureInvalid);
    }
    Ok(())
}

/// The creation time, when the field is spelled as [`sign`] spells it.
fn created_of(signature_input: &str) -> Option<UnixTime> {
    let (_, after) = signature_input.split_once(";created=")?;
    let digits = after.split(';').next()?;
    let seconds = digits.parse().ok()?;
    let respelled = format!("{LABEL}={}", parameters(seconds));
    (respelled == signature_input).then(|| UnixTime::from_seconds(seconds))
}

/// The signature parameters (RFC 9421, 2.3).
fn parameters(created: u64) -> String {
    format!(r#"{COMPONENTS};created={created};alg="hmac-sha256""#)
}

/// The MAC over the signature base (RFC 9421, 2.5 and 3.3.3).
fn mac(secret: &EdgeSecret, parts: SignedParts<'_>, parameters: &str) -> Hmac<Sha256> {
    let SignedParts {
        method,
        path,
        query,
        authorization,
    } = parts;
    let base = format!(
        "\"@method\": {method}\n\"@path\": {path}\n\"@query\": ?{}\n\"authorization\": {authorization}\n\"@signature-params\": {parameters}",
        query.unwrap_or_default(),
    );
    let mut mac = secret.0.clone();
    mac.update(base.as_bytes());
    mac
}

#[cfg(test)]
mod tests;
