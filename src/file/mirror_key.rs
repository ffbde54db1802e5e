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
mod tests {
    use super::MirrorKey;

    #[test]
    fn a_key_cannot_leave_the_mirrors_tree() {
        let of = |text: &str| MirrorKey::try_from(text.to_owned()).is_ok();
        assert!(of("_it/file/1f44.sha256"));
        let hostile = [
            "",
            "/file/a",
            "file//a",
            "file/",
            "../a",
            "file/../a",
            "file/./a",
            "file/%2e%2e/a",
            "file/a?b",
            "file/a#b",
            "file/a b",
            "file\\a",
            "https://evil.example/a",
            "f\u{e4}",
        ];
        for text in hostile {
            assert!(!of(text), "{text:?}");
        }
        assert!(!of(&"a".repeat(1025)));
    }
}
