//! The key under which the mirror keeps a file.

use serde::{Deserialize, Serialize};

/// A relative path such as `file/1f44….sha256`: segments of letters, digits and `-._`, none of them
/// `.` or `..`, at most 1,024 bytes. It can be appended to a base URL without any escaping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MirrorKey(String);

/// Why a text is not a mirror key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a mirror key such as file/0a1b.sha256: segments of letters, digits and -._")]
pub struct NotAMirrorKey;

impl MirrorKey {
    const MAXIMUM_LENGTH: usize = 1024;

    /// The key, without a leading slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MirrorKey {
    type Error = NotAMirrorKey;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let plain = |segment: &str| {
            let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
            !matches!(segment, "" | "." | "..") && segment.bytes().all(allowed)
        };
        if text.len() > Self::MAXIMUM_LENGTH || !text.split('/').all(plain) {
            return Err(NotAMirrorKey);
        }
        Ok(Self(text))
    }
}

impl From<MirrorKey> for String {
    fn from(key: MirrorKey) -> Self {
        key.0
    }
}

#[cfg(test)]
mod tests;
