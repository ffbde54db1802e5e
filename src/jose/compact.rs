//! The compact serialisation: three base64url segments with dots between them (RFC 7515, 7.1).

use azat_policy::{Algorithm, Profile};
use serde::Deserialize;
use serde_json::Value;

use super::{Authentic, KeySet, TokenFault, base64url};

/// The longest token that is looked at, in bytes. Azul's have about 700.
const MAXIMUM_LENGTH: usize = 8 * 1024;

/// A token whose form is right. Nothing in it is believed yet.
pub struct Compact<'t> {
    signing_input: &'t str,
    header: Header,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

/// The header parameters that are looked at; others are ignored whatever their type (RFC 7515, 4).
#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default, deserialize_with = "present")]
    crit: Option<Value>,
}

/// Keeps `"crit": null` apart from no `crit`.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl<'t> Compact<'t> {
    /// Splits and decodes a token.
    ///
    /// # Errors
    /// [`TokenFault::Malformed`] and [`TokenFault::CriticalExtension`].
    pub fn parse(token: &'t str) -> Result<Self, TokenFault> {
        if token.len() > MAXIMUM_LENGTH {
            return Err(TokenFault::Malformed("longer than 8 KiB"));
        }
        let (signing_input, signature) = token
            .rsplit_once('.')
            .ok_or(TokenFault::Malformed("expected three segments"))?;
        let (header, payload) = signing_input
            .split_once('.')
            .filter(|(_, payload)| !payload.contains('.'))
            .ok_or(TokenFault::Malformed("expected three segments"))?;
        let decode =
            |segment| base64url::decode(segment).ok_or(TokenFault::Malformed("expected base64url"));
        let header: Header = serde_json::from_slice(&decode(header)?)
            .map_err(|_| TokenFault::Malformed("expected a JSON object with alg as the header"))?;
        if header.crit.is_some() {
            return Err(TokenFault::CriticalExtension);
        }
        Ok(Self {
            signing_input,
            header,
            payload: decode(payload)?,
            signature: decode(signature)?,
        })
    }

    /// The key the token says it was signed with: a hint, for logs.
    pub fn kid(&self) -> Option<&str> {
        self.header.kid.as_deref()
    }

    /// Checks algorithm and signature.
    ///
    /// # Errors
    /// [`TokenFault::AlgorithmRefused`], [`TokenFault::KeyUnknown`], [`TokenFault::SignatureInvalid`],
    /// and [`TokenFault::ClaimsMalformed`] for a payload that is not a set of claims.
    pub fn authenticate(self, profile: &Profile, keys: &KeySet) -> Result<Authentic, TokenFault> {
        let expected = match profile.algorithm {
            Algorithm::RS256 => "RS256",
        };
        if self.header.alg != expected {
            return Err(TokenFault::AlgorithmRefused);
        }
        let key = keys.find(self.kid()).ok_or(TokenFault::KeyUnknown)?;
        key.verify(self.signing_input.as_bytes(), &self.signature)
            .map_err(|_| TokenFault::SignatureInvalid)?;
        Authentic::from_payload(&self.payload)
    }
}

#[cfg(test)]
mod tests;
