//! The entries of the Secret Store, from a file.

use std::collections::BTreeMap;
use std::fmt;

use azat_edge::contract::EDGE_ORIGIN_SECRET;
use azat_edge::contract::signature::EdgeSecret;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::json_fault;
use crate::secret::Secret;

/// Secrets by the names of their entries.
#[derive(Default)]
pub struct Secrets(BTreeMap<String, Secret>);

impl Secrets {
    /// Reads a JSON object of names and secrets.
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        const EXPECTED: &str = "expected a JSON object of names and secrets, each name once";
        serde_json::from_str(text).map_err(|fault| json_fault::describe(&fault, EXPECTED))
    }

    /// The content of an entry. Nothing is sent, so the secret that signs calls to the origin is
    /// made up where none is given.
    pub(super) fn entry(&self, name: &str) -> Option<Vec<u8>> {
        match self.0.get(name) {
            Some(secret) => Some(secret.reveal().as_bytes().to_vec()),
            None => (name == EDGE_ORIGIN_SECRET).then(|| vec![0; EdgeSecret::MINIMUM_LENGTH]),
        }
    }
}

impl<'de> Deserialize<'de> for Secrets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

/// Reads entries, none twice: a map would take the last.
struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Secrets;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of secrets")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some((name, secret)) = map.next_entry::<String, Secret>()? {
            if entries.insert(name, secret).is_some() {
                return Err(A::Error::custom("an entry occurs twice"));
            }
        }
        Ok(Secrets(entries))
    }
}

#[cfg(test)]
mod tests;
