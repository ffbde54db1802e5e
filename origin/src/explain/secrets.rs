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

    /// The content of an entry. Nothing is sent, so the secret that signs calls to the origin is made
    /// up where none is given.
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
mod tests {
    use azat_edge::contract::signature::EdgeSecret;

    use super::Secrets;

    #[test]
    fn the_edges_secret_is_made_up_or_the_one_that_is_given() {
        let edge_secret = |secrets: Secrets| {
            let entry = secrets.entry("edge_origin_secret").unwrap();
            EdgeSecret::new(&entry).is_ok()
        };
        assert!(edge_secret(Secrets::default()));
        let good = r#"{"edge_origin_secret": "0123456789abcdef0123456789abcdef"}"#;
        assert!(edge_secret(Secrets::parse(good).unwrap()));
        // One that the edge would not take is not taken here.
        let short = r#"{"edge_origin_secret": "0123456789abcdef"}"#;
        assert!(!edge_secret(Secrets::parse(short).unwrap()));
        assert_eq!(Secrets::default().entry("build_tokens"), None);
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
