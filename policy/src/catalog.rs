//! The name of a catalog.

use serde::{Deserialize, Serialize};

/// As in `dcp46-it`: Azul's grammar, `(?=.{1,64}$)([a-z][a-z0-9]*(-[a-z0-9]+)*)`. Such a text can
/// stand in paths, keys and logs as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Catalog(String);

impl Catalog {
    /// What such a text looks like, in words.
    pub const EXPECTED: &'static str = "expected a catalog: at most 64 lower-case letters, digits and inner hyphens, a letter first";

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads a text.
    ///
    /// # Errors
    /// What was expected, in words.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let word = |word: &str| !word.is_empty() && word.bytes().all(plain);
        let follows = text.len() <= 64
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.split('-').all(word);
        follows.then(|| Self(text.to_owned())).ok_or(Self::EXPECTED)
    }
}

impl TryFrom<String> for Catalog {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Catalog> for String {
    fn from(catalog: Catalog) -> Self {
        catalog.0
    }
}

#[cfg(test)]
mod tests;
