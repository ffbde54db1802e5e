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
    /// A JWE (RFC 7516): five segments, or `enc` in the header.
    #[error("the token is encrypted")]
    Encrypted,
    /// The payload is another token (RFC 7519, 5.2).
    #[error("the token holds another token")]
    Nested,
    /// `typ` is not the profile's media type (RFC 8725, 3.11).
    #[error("typ is not the type of this kind of token")]
    TypeRefused,
    /// `alg` is not the profile's algorithm (RFC 8725, 3.1).
    #[error("alg is not the algorithm of this kind of token")]
    AlgorithmRefused,
    /// No key of the profile's algorithm has the token's `kid`, or the token names no key and the
    /// profile does not let so many be tried.
    #[error("no key of this kind of token has the token's kid")]
    KeyUnknown,
    /// The signature does not verify (RFC 8017, 8.2.2; RFC 7518, 3.2, 3.4).
    #[error("the signature does not verify")]
    SignatureInvalid,
    /// A claim is missing or of the wrong type (RFC 7519, 4.1).
    #[error("claims: {0}")]
    ClaimsMalformed(&'static str),
    /// `iss` is not the profile's issuer, or is there although the profile has none.
    #[error("iss is not the issuer of this kind of token")]
    IssuerRefused,
    /// `sub` does not begin as the profile has it.
    #[error("sub is not a subject of this kind of token")]
    SubjectRefused,
    /// `aud` does not name the profile's audience, or is there although the profile has none (RFC
    /// 7519, 4.1.3).
    #[error("aud does not name the audience of this kind of token")]
    AudienceRefused,
    /// `cnf` binds the token to a key, and nobody has been shown to hold it (RFC 7800, 3; RFC 9449,
    /// 7.1).
    #[error("the token is bound to a key of its holder, which is not asked for here")]
    PossessionUnproven,
    /// `exp` is farther from `iat` than the issuer ever goes.
    #[error("the token's lifetime is longer than its issuer gives")]
    LifetimeTooLong,
    /// `exp` has passed.
    #[error("the token expired on {}", .at.http_date())]
    Expired {
        /// The value of `exp`.
        at: UnixTime,
    },
    /// `iat` or `nbf` lies ahead.
    #[error("the token is not valid yet")]
    NotYetValid,
}
