//! A profile: one kind of JWT and what makes it believable.

use serde::{Deserialize, Serialize};

use crate::EDGE_ORIGIN_SECRET;
use crate::table::{AtFault, Table};

/// The largest leeway for clocks that differ, in seconds.
const MAXIMUM_LEEWAY_SECONDS: u32 = 60;

/// One kind of token. The profile, never the token, fixes the algorithm (RFC 8725, 3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The only signature algorithm of this kind of token.
    pub algorithm: Algorithm,
    /// The only value of `iss`, compared byte for byte (RFC 7519, 4.1.1). Absent: no token has an
    /// `iss`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// What every `sub` begins with; something must follow it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_prefix: Option<String>,
    /// What every `aud` contains (RFC 7519, 4.1.3). Absent: no token has an `aud`, since it would
    /// name others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The media type in `typ`, as in `at+jwt` (RFC 8725, 3.11). Absent: no `typ`, or `JWT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typ: Option<String>,
    /// What every `jti` is. Absent: anything, and it counts if it spells a counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jti: Option<JtiRule>,
    /// Which keys are tried for a token that names none.
    #[serde(default, skip_serializing_if = "WithoutKid::is_default")]
    pub without_kid: WithoutKid,
    /// The longest time from `iat` to `exp`, in seconds. Absent: `iat` may be absent too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_lifetime_seconds: Option<u32>,
    /// How far the clocks of issuer and edge may differ, in seconds: at most 60.
    #[serde(default)]
    pub leeway_seconds: u32,
    /// The Secret Store's entry with the key, in base64: for HS256 and HS512, and for them alone.
    /// Profiles of different algorithms have different entries (RFC 8725, 3.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// A signature algorithm of RFC 7518, 3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RS256,
    /// ECDSA on P-256 with SHA-256.
    ES256,
    /// HMAC with SHA-256.
    HS256,
    /// HMAC with SHA-512.
    HS512,
}

/// What a `jti` has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JtiRule {
    /// A decimal number below 2^64, without sign or leading zeros, as a string.
    Counter,
}

/// Which keys are tried for a token without `kid`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithoutKid {
    /// The set's only key of the algorithm; none where there are several.
    #[default]
    OnlyKey,
    /// The set's first three keys of the algorithm, in order.
    ThreeKeys,
}

impl Profile {
    /// A profile that asks for nothing but that algorithm.
    pub fn of(algorithm: Algorithm) -> Self {
        Self {
            algorithm,
            issuer: None,
            subject_prefix: None,
            audience: None,
            typ: None,
            jti: None,
            without_kid: WithoutKid::OnlyKey,
            maximum_lifetime_seconds: None,
            leeway_seconds: 0,
            secret: None,
        }
    }

    /// Whether a token of one of the two profiles shows by itself which one: by its algorithm or
    /// else by its issuer.
    pub(crate) fn is_told_from(&self, other: &Self) -> bool {
        self.algorithm != other.algorithm || self.issuer != other.issuer
    }

    fn check_secret(&self) -> Result<(), (&'static str, &'static str)> {
        match (&self.secret, self.algorithm.is_symmetric()) {
            (None, true) => Err(("secret", "expected the Secret Store's entry with the key")),
            (Some(_), false) => Err((
                "secret",
                "expected none: the keys of this algorithm are public",
            )),
            (Some(name), true) if name.is_empty() || name == EDGE_ORIGIN_SECRET => {
                Err(("secret", "expected an entry of the Secret Store of its own"))
            }
            (Some(_), true) if self.without_kid != WithoutKid::OnlyKey => {
                Err(("without_kid", "expected none: there is one key"))
            }
            _ => Ok(()),
        }
    }
}

impl Table for Profile {
    fn service(&self) -> Option<&str> {
        None
    }

    fn check(&self) -> Result<(), AtFault> {
        let texts = [
            ("issuer", &self.issuer, "expected the value of iss"),
            (
                "subject_prefix",
                &self.subject_prefix,
                "expected the beginning of sub",
            ),
            ("audience", &self.audience, "expected the value of aud"),
            ("typ", &self.typ, "expected the value of typ"),
        ];
        for (member, text, expected) in texts {
            if text.as_ref().is_some_and(String::is_empty) {
                return Err((member, format!("{expected}, or no such member")));
            }
        }
        self.check_secret()
            .map_err(|(member, expected)| (member, expected.to_owned()))?;
        if self.maximum_lifetime_seconds == Some(0) {
            return Err(("maximum_lifetime_seconds", "expected at least 1".to_owned()));
        }
        if self.leeway_seconds > MAXIMUM_LEEWAY_SECONDS {
            let expected = format!("expected at most {MAXIMUM_LEEWAY_SECONDS}");
            return Err(("leeway_seconds", expected));
        }
        Ok(())
    }
}

impl Algorithm {
    /// The value of `alg`, as in `RS256`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RS256 => "RS256",
            Self::ES256 => "ES256",
            Self::HS256 => "HS256",
            Self::HS512 => "HS512",
        }
    }

    /// Whether the verifier could sign too.
    pub fn is_symmetric(self) -> bool {
        matches!(self, Self::HS256 | Self::HS512)
    }
}

impl WithoutKid {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
