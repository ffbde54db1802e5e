//! The JWK set that the provider publishes (RFC 7517, 5).

use std::collections::HashMap;

use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse};
use serde::Deserialize;
use serde_json::Value;

use super::fault::ProviderFault;

/// Keys that can verify ID tokens, by `kid`.
pub(super) type UsableKeys = HashMap<String, DecodingKey>;

/// A set as it is published. A key of a kind that we do not know spoils no other.
#[derive(Deserialize)]
pub(super) struct JwkSet {
    keys: Vec<Value>,
}

impl JwkSet {
    /// The keys that can verify an ID token: signed with RS256, and with a `kid`.
    ///
    /// # Errors
    /// `Unavailable` when there is none.
    pub(super) fn usable(self) -> Result<UsableKeys, ProviderFault> {
        let mut usable = UsableKeys::new();
        for (kid, key) in self.keys.into_iter().filter_map(usable_key) {
            usable.entry(kid).or_insert(key);
        }
        match usable.is_empty() {
            true => Err(ProviderFault::Unavailable("none of its keys can be used")),
            false => Ok(usable),
        }
    }
}

fn usable_key(json: Value) -> Option<(String, DecodingKey)> {
    let jwk: Jwk = serde_json::from_value(json).ok()?;
    let is_rsa = matches!(jwk.algorithm, AlgorithmParameters::RSA(_));
    let signs = match &jwk.common.public_key_use {
        None | Some(PublicKeyUse::Signature) => true,
        Some(_) => false,
    };
    let rs256 = matches!(jwk.common.key_algorithm, None | Some(KeyAlgorithm::RS256));
    let key = (is_rsa && signs && rs256).then(|| DecodingKey::from_jwk(&jwk));
    Some((jwk.common.key_id?, key?.ok()?))
}

#[cfg(test)]
mod tests;
