//! The digest of a file's bytes.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// A digest as repositories publish it: algorithm and lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Digest {
    algorithm: DigestAlgorithm,
    bytes: Vec<u8>,
}

/// An algorithm of the Hash Algorithms for HTTP Digest Fields registry (RFC 9530, 7.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DigestAlgorithm {
    /// SHA-256.
    #[serde(rename = "sha-256")]
    Sha256,
    /// SHA-1: not for security, but some repositories publish nothing else.
    #[serde(rename = "sha")]
    Sha1,
    /// MD5: not for security, but some repositories publish nothing else.
    #[serde(rename = "md5")]
    Md5,
}

impl DigestAlgorithm {
    /// The key in `Repr-Digest`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "sha-256",
            Self::Sha1 => "sha",
            Self::Md5 => "md5",
        }
    }

    fn length(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha1 => 20,
            Self::Md5 => 16,
        }
    }
}

impl Digest {
    /// The value of `Repr-Digest`, as in `sha-256=:…:` (RFC 9530, 3).
    pub fn repr_digest(&self) -> String {
        let encoded = STANDARD.encode(&self.bytes);
        format!("{}=:{encoded}:", self.algorithm.as_str())
    }

    /// Whether a `Repr-Digest` is that of other bytes. One without this algorithm says nothing of
    /// it, and neither does one that cannot be read (RFC 9651, 4.2: it counts as absent).
    pub fn is_contradicted_by(&self, repr_digest: &str) -> bool {
        let mut members =
            (repr_digest.split(',')).filter_map(|member| member.trim().split_once('='));
        // Of several, the last counts (RFC 9651, 3.2).
        let own = members.rfind(|(key, _)| *key == self.algorithm.as_str());
        own.and_then(|(_, item)| byte_sequence(item))
            .is_some_and(|bytes| bytes != self.bytes)
    }
}

/// `sha-256:42de…`: algorithm and digits, as one word.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.algorithm.as_str())?;
        self.bytes
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The bytes of an item such as `:AQID:`, whatever its parameters (RFC 9651, 3.3.5).
fn byte_sequence(item: &str) -> Option<Vec<u8>> {
    let (encoded, _parameters) = item.strip_prefix(':')?.split_once(':')?;
    STANDARD.decode(encoded).ok()
}

#[derive(Serialize, Deserialize)]
struct Written {
    algorithm: DigestAlgorithm,
    hex: String,
}

/// Why a text is not a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected as many lower-case hexadecimal digits as the algorithm yields")]
pub struct NotADigest;

impl TryFrom<Written> for Digest {
    type Error = NotADigest;

    fn try_from(Written { algorithm, hex }: Written) -> Result<Self, Self::Error> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let bytes: Option<Vec<u8>> = (hex.as_bytes().chunks(2))
            .map(|pair| match *pair {
                [high, low] => Some(digit(high)? << 4 | digit(low)?),
                _ => None,
            })
            .collect();
        match bytes {
            Some(bytes) if bytes.len() == algorithm.length() => Ok(Self { algorithm, bytes }),
            _ => Err(NotADigest),
        }
    }
}

impl From<Digest> for Written {
    fn from(Digest { algorithm, bytes }: Digest) -> Self {
        let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { algorithm, hex }
    }
}

#[cfg(test)]
mod tests;
