//! The entries of the Secret Store, from a file.

use std::collections::BTreeMap;
use std::fmt;

use crate::secret::Secret;
use azat_edge::contract::signature::EdgeSecret;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::json_fault;

/// The entry that signs calls to the origin.
const EDGE_ORIGIN_SECRET: &str = "edge_origin_secret";

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

    /// The content of an entry.
    pub(super) fn entry(&self, name: &str) -> Option<Vec<u8>> {
        let secret = self.0.get(name)?;
        Some(secret.reveal().as_bytes().to_vec())
    }

    /// The secret that signs calls to the origin. Nothing is sent, so one is made up where none is
    /// given; one that the edge would not take is not taken here.
    pub(super) fn edge_secret(&self) -> Option<EdgeSecret> {
        match self.0.get(EDGE_ORIGIN_SECRET) {
            Some(secret) => EdgeSecret::new(secret.reveal().as_bytes()).ok(),
            None => EdgeSecret::new(&[0; EdgeSecret::MINIMUM_LENGTH]).ok(),
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
mod tests {
    use super::Secrets;

    #[test]
    fn the_edges_secret_is_made_up_or_as_good_as_the_edge_wants_it() {
        assert!(Secrets::default().edge_secret().is_some());
        let good = r#"{"edge_origin_secret": "0123456789abcdef0123456789abcdef"}"#;
        assert!(Secrets::parse(good).unwrap().edge_secret().is_some());
        let short = r#"{"edge_origin_secret": "0123456789abcdef"}"#;
        assert!(Secrets::parse(short).unwrap().edge_secret().is_none());
    }

    #[test]
    fn a_fault_holds_no_secret() {
        for text in [
            r#"{"a": ["0123"]}"#,
            r#"["0123"]"#,
            r#"{"a": "0123"#,
            r#"{"a": "0123", "b": "", "\u0061": "0123"}"#,
        ] {
            let fault = Secrets::parse(text).err().unwrap();
            assert!(fault.starts_with("expected "), "{fault}");
            assert!(!fault.contains("0123"), "{fault}");
        }
    }
}
