//! JSON Web Keys and sets of them (RFC 7517).

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{PublicKey, base64url};

/// The published keys of one issuer.
#[derive(Clone, Default)]
pub struct KeySet {
    keys: Vec<PublishedKey>,
}

#[derive(Clone)]
struct PublishedKey {
    kid: Option<String>,
    key: PublicKey,
}

/// The key sets of all profiles, by the profile's name.
pub type KeySets = BTreeMap<String, KeySet>;

/// Why a key set is refused as a whole. Names the key it is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("key {key}: {expected}")]
pub struct KeySetFault {
    /// The key's `kid`, or its place in the set, counted from 0.
    pub key: String,
    /// What was expected of it.
    pub expected: &'static str,
}

/// The members that are looked at (RFC 7517, 4; RFC 7518, 6.3).
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default, rename = "use")]
    public_key_use: Option<String>,
    #[serde(default)]
    key_ops: Option<Vec<String>>,
    #[serde(default)]
    alg: Option<String>,
    #[serde(default)]
    n: Option<String>,
    #[serde(default)]
    e: Option<String>,
}

/// Members that only a private or symmetric key has (RFC 7518, 6.2.2, 6.3.2, 6.4.1).
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

impl KeySet {
    /// Reads `{"keys": […]}`. Keys of other types, for other uses or other algorithms are passed
    /// over (RFC 7517, 5).
    ///
    /// # Errors
    /// A set that is not one, a private key, a weak or oversized key, two keys of one `kid`.
    pub fn from_json(set: &Value) -> Result<Self, KeySetFault> {
        let members = set
            .get("keys")
            .and_then(Value::as_array)
            .ok_or(KeySetFault {
                key: "set".to_owned(),
                expected: "expected an object with an array \"keys\"",
            })?;
        let mut keys: Vec<PublishedKey> = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let name = match member.get("kid").and_then(Value::as_str) {
                Some(kid) => kid.to_owned(),
                None => index.to_string(),
            };
            let fault = |expected| KeySetFault {
                key: name.clone(),
                expected,
            };
            let Some(published) = PublishedKey::from_json(member).map_err(fault)? else {
                continue;
            };
            if published.kid.is_some() && keys.iter().any(|other| other.kid == published.kid) {
                return Err(fault("expected a kid of its own"));
            }
            keys.push(published);
        }
        Ok(Self { keys })
    }

    /// Whether there is no usable key.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The key of that `kid`; without a `kid`, the only key.
    pub fn find(&self, kid: Option<&str>) -> Option<&PublicKey> {
        let found = match (kid, self.keys.as_slice()) {
            (Some(_), keys) => keys
                .iter()
                .find(|published| published.kid.as_deref() == kid),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        found.map(|published| &published.key)
    }
}

impl PublishedKey {
    fn from_json(member: &Value) -> Result<Option<Self>, &'static str> {
        if PRIVATE_MEMBERS
            .iter()
            .any(|private| member.get(private).is_some())
        {
            return Err("expected a public key, not a private or symmetric one");
        }
        let jwk = Jwk::deserialize(member).map_err(|_| "expected the members of RFC 7517, 4")?;
        if !jwk.verifies_rs256() {
            return Ok(None);
        }
        let component = |member: Option<String>| member.and_then(|text| base64url::decode(&text));
        let (Some(n), Some(e)) = (component(jwk.n), component(jwk.e)) else {
            return Err("expected n and e in base64url");
        };
        let key = PublicKey::from_components(&n, &e)?;
        Ok(Some(Self { kid: jwk.kid, key }))
    }
}

impl Jwk {
    fn verifies_rs256(&self) -> bool {
        let or_absent =
            |member: &Option<String>, value| member.as_deref().is_none_or(|own| own == value);
        let may_verify =
            (self.key_ops.as_ref()).is_none_or(|ops| ops.iter().any(|op| op == "verify"));
        self.kty == "RSA"
            && may_verify
            && or_absent(&self.public_key_use, "sig")
            && or_absent(&self.alg, "RS256")
    }
}

/// The SHA-256 thumbprint of a key: names it wherever it is published (RFC 7638).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbprint(String);

impl Thumbprint {
    /// Of an RSA key, from modulus and exponent, big-endian without leading zeros.
    pub fn of_rsa(modulus: &[u8], exponent: &[u8]) -> Self {
        let (e, n) = (base64url::encode(exponent), base64url::encode(modulus));
        let required_members = format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#);
        Self(base64url::encode(&Sha256::digest(required_members)))
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
