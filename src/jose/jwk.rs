//! JSON Web Keys and sets of them (RFC 7517).

use std::collections::{BTreeMap, BTreeSet};

use azat_policy::{Algorithm, WithoutKid};
use serde_json::Value;

use super::json::{Json, Object, WrongType};
use super::{SignatureInvalid, Thumbprint, base64url, es256, roca, rs256};

/// The longest text with keys that is read, in bytes.
const MAXIMUM_LENGTH: usize = 64 * 1024;

/// How many keys are tried at most for a token that names none.
const KEYS_TRIED: usize = 3;

/// The published keys of one issuer. A key's type fixes its algorithm: RS256 for RSA, ES256 for
/// P-256.
#[derive(Clone, Default)]
pub struct KeySet {
    keys: Vec<PublishedKey>,
}

/// A key, and what it is called.
#[derive(Clone)]
pub(super) struct PublishedKey {
    kid: Option<String>,
    thumbprint: Thumbprint,
    key: Key,
}

#[derive(Clone)]
enum Key {
    Rs256(rs256::PublicKey),
    Es256(es256::PublicKey),
}

/// The key sets of all profiles, by the profile's name.
pub type KeySets = BTreeMap<String, KeySet>;

/// Why a key set is refused as a whole. Names the key it is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("key {key}: {expected}")]
pub struct KeySetFault {
    /// The key's `kid`, or its place in the set, counted from 0; `set` for the set as a whole.
    pub key: String,
    /// What was expected of it.
    pub expected: &'static str,
}

/// Members that only a private or symmetric key has (RFC 7518, 6.2.2, 6.3.2, 6.4.1; `priv` of the
/// key type AKP).
const PRIVATE_MEMBERS: [&str; 9] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

impl KeySet {
    /// Reads `{"keys": […]}`, at most 64 KiB. Keys of other types, for other uses or other
    /// algorithms are passed over (RFC 7517, 5).
    ///
    /// # Errors
    /// A set that is not one, a member that occurs twice, a private key, a weak or oversized key,
    /// two keys of one `kid`.
    pub fn parse(text: &str) -> Result<Self, KeySetFault> {
        Self::from_members(&members_of(text).map_err(of_set)?)
    }

    /// As [`KeySet::parse`], for a set that has already been read as JSON.
    ///
    /// # Errors
    /// Those of [`KeySet::parse`].
    pub fn from_json(set: &Value) -> Result<Self, KeySetFault> {
        Self::parse(&set.to_string())
    }

    /// Reads a set from its members.
    pub(crate) fn from_members(set: &Object<'_>) -> Result<Self, KeySetFault> {
        let Some(Json::List(members)) = set.get("keys") else {
            return Err(of_set("expected an object with an array \"keys\""));
        };
        let mut keys: Vec<PublishedKey> = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let fault = |expected| KeySetFault {
                key: name(member).map_or_else(|| index.to_string(), str::to_owned),
                expected,
            };
            let member = (member.as_object()).ok_or_else(|| fault("expected an object"))?;
            let Some(published) = PublishedKey::from_members(member).map_err(fault)? else {
                continue;
            };
            if published.kid.is_some() && keys.iter().any(|other| other.kid == published.kid) {
                return Err(fault("expected a kid of its own"));
            }
            keys.push(published);
        }
        Ok(Self { keys })
    }

    /// Whether there is a key of that algorithm.
    pub fn serves(&self, algorithm: Algorithm) -> bool {
        self.keys.iter().any(|key| key.algorithm() == algorithm)
    }

    /// Whether there is a key of that `kid`.
    pub fn names(&self, kid: &str) -> bool {
        self.keys.iter().any(|key| key.kid.as_deref() == Some(kid))
    }

    /// The keys to try, in order: the one of that `kid`; without a `kid`, those that the profile
    /// lets be tried.
    pub(super) fn candidates(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
        without_kid: WithoutKid,
    ) -> impl Iterator<Item = &PublishedKey> + Clone {
        let fit = (self.keys.iter())
            .filter(move |key| key.algorithm() == algorithm)
            .filter(move |key| kid.is_none() || key.kid.as_deref() == kid);
        let tried = match (kid, without_kid) {
            (None, WithoutKid::OnlyKey) if fit.clone().nth(1).is_some() => 0,
            _ => KEYS_TRIED,
        };
        fit.take(tried)
    }
}

impl PublishedKey {
    /// Reads a key; `None` for one that is not for verifying RS256 or ES256.
    fn from_members(jwk: &Object<'_>) -> Result<Option<Self>, &'static str> {
        if (PRIVATE_MEMBERS.iter()).any(|private| jwk.get(private).is_some()) {
            return Err("expected a public key, not a private or symmetric one");
        }
        let text =
            |name| (jwk.text(name)).map_err(|WrongType| "expected the members of RFC 7517, 4");
        let kty = text("kty")?.ok_or("expected kty")?;
        // What members a key of another type has, and of which types, is not ours to say.
        let algorithm = match kty {
            "RSA" => Algorithm::RS256,
            "EC" if text("crv")? == Some("P-256") => Algorithm::ES256,
            _ => return Ok(None),
        };
        let kid = text("kid")?.map(str::to_owned);
        let is_meant_for = may_verify(jwk)?
            && text("use")?.is_none_or(|own| own == "sig")
            && text("alg")?.is_none_or(|own| own == algorithm.as_str());
        if !is_meant_for {
            return Ok(None);
        }
        let octets = |name| text(name).map(|text| text.and_then(base64url::decode));
        let (thumbprint, key) = match kty {
            "RSA" => rsa(octets("n")?, octets("e")?)?,
            _ => p256(octets("x")?, octets("y")?)?,
        };
        Ok(Some(Self {
            kid,
            thumbprint,
            key,
        }))
    }

    /// What names the key wherever it is published.
    pub(super) fn thumbprint(&self) -> Thumbprint {
        self.thumbprint
    }

    /// Verifies a signature over `message`.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), SignatureInvalid> {
        match &self.key {
            Key::Rs256(key) => key.verify(message, signature),
            Key::Es256(key) => key.verify(message, signature),
        }
    }

    fn algorithm(&self) -> Algorithm {
        match self.key {
            Key::Rs256(_) => Algorithm::RS256,
            Key::Es256(_) => Algorithm::ES256,
        }
    }
}

/// The members of a text that holds keys.
pub(crate) fn members_of(text: &str) -> Result<Object<'_>, &'static str> {
    if text.len() > MAXIMUM_LENGTH {
        return Err("expected at most 64 KiB");
    }
    Object::parse(text.as_bytes())
}

fn of_set(expected: &'static str) -> KeySetFault {
    KeySetFault {
        key: "set".to_owned(),
        expected,
    }
}

/// The `kid` of what may be a key.
fn name<'j>(member: &'j Json<'_>) -> Option<&'j str> {
    member.as_object()?.text("kid").ok()?
}

/// Whether `key_ops` lets the key verify (RFC 7517, 4.3).
fn may_verify(jwk: &Object<'_>) -> Result<bool, &'static str> {
    let Some(key_ops) = jwk.get("key_ops") else {
        return Ok(true);
    };
    let operations = key_ops
        .as_texts()
        .ok_or("expected key_ops as an array of strings")?;
    let mut seen = BTreeSet::new();
    match operations.iter().all(|operation| seen.insert(operation)) {
        true => Ok(seen.contains(&"verify")),
        false => Err("expected each of key_ops once"),
    }
}

/// An RSA key from modulus and exponent (RFC 7518, 6.3.1).
fn rsa(n: Option<Vec<u8>>, e: Option<Vec<u8>>) -> Result<(Thumbprint, Key), &'static str> {
    let (Some(n), Some(e)) = (n, e) else {
        return Err("expected n and e in base64url");
    };
    let (Some(1..), Some(1..)) = (n.first(), e.first()) else {
        return Err("expected n and e without leading zeros");
    };
    if n.last().is_some_and(|last| last % 2 == 0) {
        return Err("expected an odd modulus");
    }
    let key = rs256::PublicKey::from_components(&n, &e)?;
    if roca::has_fingerprint(&n) {
        return Err("expected a modulus without the ROCA fingerprint: its factors can be found");
    }
    Ok((Thumbprint::of_rsa(&n, &e), Key::Rs256(key)))
}

/// A key on P-256 from its coordinates (RFC 7518, 6.2.1).
fn p256(x: Option<Vec<u8>>, y: Option<Vec<u8>>) -> Result<(Thumbprint, Key), &'static str> {
    let (Some(x), Some(y)) = (x, y) else {
        return Err("expected x and y in base64url");
    };
    let key = es256::PublicKey::from_coordinates(&x, &y)?;
    Ok((Thumbprint::of_p256(&x, &y), Key::Es256(key)))
}

#[cfg(test)]
mod tests;
