//! Keys of cached documents.

use std::fmt;

use base16ct::HexDisplay;
use sha2::{Digest as _, Sha256};

/// A hexadecimal SHA-256: subjects hold `#`, `|` and spaces, and have no place in a cache's keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CacheKey(String);

/// The form of what is cached. To be changed with it, so that a new program does not read what an
/// old one left.
const FORMAT: &str = "2";

impl CacheKey {
    /// The key of the document of that kind about `parts`. Parts cannot run into each other.
    pub fn of(kind: &'static str, parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in [FORMAT, kind].iter().chain(parts) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(format!("{:x}", HexDisplay(&hash.finalize())))
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first 16 digits: enough to follow a subject through a log.
    pub fn abbreviated(&self) -> &str {
        self.0.get(..16).unwrap_or(&self.0)
    }
}

impl fmt::Display for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
