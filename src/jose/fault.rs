//! Why a token is not believed.

use crate::time::UnixTime;

/// The first thing wrong with a token, in the order in which things are checked.
///
/// The texts hold nothing of the token's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenFault {
    /// Not a compact JWS with a JSON object for a header (RFC 7515, 7.1).
    #[error("not a compact JWS: {0}")]
    Malformed(&'static str),
    /// The header has `crit`; no extension is understood here (RFC 7515, 4.1.11).
    #[error("the header names critical extensions")]
    CriticalExtension,
    /// `alg` is not the profile's algorithm (RFC 8725, 3.1).
    #[error("alg is not the algorithm of this kind of token")]
    AlgorithmRefused,
    /// No published key has the token's `kid`, or the token names none among several keys.
    #[error("no published key has the token's kid")]
    KeyUnknown,
    /// The signature does not verify (RFC 8017, 8.2.2).
    #[error("the signature does not verify")]
    SignatureInvalid,
    /// A claim is missing or of the wrong type (RFC 7519, 4.1).
    #[error("claims: {0}")]
    ClaimsMalformed(&'static str),
    /// `iss` is not the profile's issuer.
    #[error("iss is not the issuer of this kind of token")]
    IssuerRefused,
    /// `iat` or `nbf` lies ahead.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// `exp` is farther from `iat` than the issuer ever goes.
    #[error("the token's lifetime is longer than its issuer gives")]
    LifetimeTooLong,
    /// `exp` has passed.
    #[error("the token expired on {}", .at.http_date())]
    Expired {
        /// The value of `exp`.
        at: UnixTime,
    },
}
