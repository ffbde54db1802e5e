//! The checks that a request goes through, in their order.

use serde::Serialize;

use crate::denial::Denial;
use crate::jose::TokenFault;

/// One check. The order of the variants is the order in which they are made, and the first that fails ends
/// the request: whoever knows it knows what was found good before, and what was not looked at after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Policy and keys can be read.
    Settings,
    /// A route takes path and method.
    Route,
    /// There is one credential at most, in the one place for it.
    Credential,
    /// The route takes that kind of credential.
    Acceptance,
    /// The token is a compact JWS without critical extensions.
    Form,
    /// There are keys to verify with.
    Keys,
    /// `typ` is the profile's.
    Type,
    /// `alg` is the profile's.
    Algorithm,
    /// One of the keys is the token's.
    Key,
    /// The signature verifies.
    Signature,
    /// The claims are there, and of the right types.
    Claims,
    /// `iss` is the profile's.
    Issuer,
    /// `sub` begins as the profile has it.
    Subject,
    /// `aud` is the profile's, or neither is there.
    Audience,
    /// The token is good for whoever bears it.
    Possession,
    /// `exp` is no farther from `iat` than the profile allows.
    Lifetime,
    /// `exp` has not passed.
    Expiry,
    /// `iat` and `nbf` have passed.
    Beginning,
    /// The request names one file.
    Name,
    /// The origin says what the token's subject may read.
    Entitlement,
    /// The token has not been taken back.
    Session,
    /// The origin has a record of the file.
    Record,
    /// The file is public, or of a source that the subject may read.
    Source,
    /// Somebody holds the file's bytes and gives them.
    Delivery,
}

impl Check {
    /// All of them, in their order.
    pub const ALL: [Self; 24] = [
        Self::Settings,
        Self::Route,
        Self::Credential,
        Self::Acceptance,
        Self::Form,
        Self::Keys,
        Self::Type,
        Self::Algorithm,
        Self::Key,
        Self::Signature,
        Self::Claims,
        Self::Issuer,
        Self::Subject,
        Self::Audience,
        Self::Possession,
        Self::Lifetime,
        Self::Expiry,
        Self::Beginning,
        Self::Name,
        Self::Entitlement,
        Self::Session,
        Self::Record,
        Self::Source,
        Self::Delivery,
    ];

    /// What is held when the check is passed: a word for it, and a sentence.
    pub fn described(self) -> (&'static str, &'static str) {
        match self {
            Self::Settings => ("settings", "policy and keys can be read"),
            Self::Route => ("route", "a route takes this path and this method"),
            Self::Credential => (
                "credential",
                "at most one credential, a Bearer token in Authorization",
            ),
            Self::Acceptance => (
                "acceptance",
                "the route takes this kind of credential, or none",
            ),
            Self::Form => (
                "form",
                "a compact JWS, not encrypted, without critical extensions",
            ),
            Self::Keys => ("keys", "there are keys for this kind of token"),
            Self::Type => ("type", "typ is the one of this kind of token"),
            Self::Algorithm => ("algorithm", "alg is the one of this kind of token"),
            Self::Key => ("key", "one of the keys is the token's"),
            Self::Signature => ("signature", "the signature verifies"),
            Self::Claims => ("claims", "the claims are there, and of the right types"),
            Self::Issuer => ("issuer", "iss is the issuer of this kind of token"),
            Self::Subject => ("subject", "sub is a subject of this kind of token"),
            Self::Audience => ("audience", "aud names this service, or is absent"),
            Self::Possession => ("possession", "whoever bears the token may use it"),
            Self::Lifetime => (
                "lifetime",
                "exp is no farther from iat than its issuer goes",
            ),
            Self::Expiry => ("expiry", "exp has not passed"),
            Self::Beginning => ("beginning", "iat and nbf have passed"),
            Self::Name => ("name", "catalog, uuid and version can be read"),
            Self::Entitlement => ("entitlement", "the origin knows the token's subject"),
            Self::Session => ("session", "the token has not been taken back"),
            Self::Record => ("record", "the origin has a record of the file"),
            Self::Source => (
                "source",
                "the file is public, or of a source that the subject may read",
            ),
            Self::Delivery => ("delivery", "there is a place to get the file from"),
        }
    }
}

impl Denial {
    /// The check that ended in this denial; `None` where several can, and it is the one being made.
    pub fn check(&self) -> Option<Check> {
        match self {
            Self::Token(fault) => Some(fault.check()),
            Self::CredentialNotAccepted => Some(Check::Acceptance),
            Self::RouteUnknown
            | Self::MethodNotAllowed { .. }
            | Self::ParameterInvalid { .. }
            | Self::TokenInUrl
            | Self::CredentialMissing
            | Self::SchemeUnsupported
            | Self::CredentialMalformed
            | Self::CredentialsSeveral
            | Self::KeysMissing
            | Self::SessionMissing
            | Self::TokenRevoked
            | Self::SessionRevoked
            | Self::FileUnknown
            | Self::SourceRefused
            | Self::FileNotDownloadable
            | Self::RepositoryRefused { .. }
            | Self::ConfigurationBroken { .. }
            | Self::OriginUnavailable { .. }
            | Self::MirrorUnavailable { .. }
            | Self::RepositoryUnavailable { .. }
            | Self::IdentityProviderUnavailable => None,
        }
    }
}

impl TokenFault {
    /// The check that finds this fault.
    pub fn check(&self) -> Check {
        match self {
            Self::Malformed(_) | Self::CriticalExtension | Self::Encrypted | Self::Nested => {
                Check::Form
            }
            Self::TypeRefused => Check::Type,
            Self::AlgorithmRefused => Check::Algorithm,
            Self::KeyUnknown => Check::Key,
            Self::SignatureInvalid => Check::Signature,
            Self::ClaimsMalformed(_) => Check::Claims,
            Self::IssuerRefused => Check::Issuer,
            Self::SubjectRefused => Check::Subject,
            Self::AudienceRefused => Check::Audience,
            Self::PossessionUnproven => Check::Possession,
            Self::LifetimeTooLong => Check::Lifetime,
            Self::Expired { .. } => Check::Expiry,
            Self::NotYetValid => Check::Beginning,
        }
    }
}

#[cfg(test)]
mod tests;
