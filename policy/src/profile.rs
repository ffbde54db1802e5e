//! A profile: one kind of JWT and what makes it believable.

use serde::{Deserialize, Serialize};

/// One kind of token. The profile, never the token, fixes the algorithm (RFC 8725, 3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The only signature algorithm of this kind of token.
    pub algorithm: Algorithm,
    /// The only value of `iss`, compared byte for byte (RFC 7519, 4.1.1).
    pub issuer: String,
    /// The longest time from `iat` to `exp`, in seconds.
    pub maximum_lifetime_seconds: u32,
    /// How far the clocks of issuer and edge may differ, in seconds: at most 60.
    #[serde(default)]
    pub leeway_seconds: u32,
}

/// A signature algorithm of RFC 7518, 3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RS256,
}
