//! Denials: every way in which a request does not get what it asks for.
//!
//! A denial has two faces. The public one ([`Face`]) is a status and a reason code, and the code is the
//! same in the problem document (RFC 9457), `Proxy-Status` (RFC 9209) and the `WWW-Authenticate`
//! challenge (RFC 6750), which has none while no credential was offered. The internal one ([`Denial::log_reason`], [`Denial::cause`]) is for the
//! log alone. The two differ only where the truth would tell a stranger that a file exists.
//!
//! The client is curl: 401, 403, 404 and 416 end a whole `--fail-early` batch, while 5xx is retried
//! after `Retry-After`. So 401 means that the token itself is bad, and trouble with keys, origin or
//! mirror is always 503.

use azat_policy::Method;
use http::StatusCode;

use crate::jose::TokenFault;

/// Why a request is denied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Denial {
    /// No route takes this path.
    RouteUnknown,
    /// A route takes this path, but not with this method.
    MethodNotAllowed {
        /// The methods that it takes.
        allowed: Vec<Method>,
    },
    /// A parameter of the query is not what it has to be.
    ParameterInvalid {
        /// What was expected.
        expected: &'static str,
    },
    /// The URL holds what looks like a token; URLs end up in logs and histories.
    TokenInUrl,
    /// There is no credential, and the route needs one.
    CredentialMissing,
    /// The `Authorization` scheme is not `Bearer`.
    SchemeUnsupported,
    /// `Authorization` is not one scheme and one token.
    CredentialMalformed,
    /// There are several credentials.
    CredentialsSeveral,
    /// The route does not take this kind of credential.
    CredentialNotAccepted,
    /// The token is not believed.
    Token(TokenFault),
    /// The origin has no row for the token's subject.
    SessionMissing,
    /// The token was taken back.
    TokenRevoked,
    /// The identity provider does not know the user's session any more.
    SessionRevoked,
    /// The file does not exist.
    FileUnknown,
    /// The file exists, but its source is not among those the subject may read.
    SourceRefused,
    /// The file exists and may be read, but nobody holds its bytes.
    FileNotDownloadable,
    /// The repository does not give the file to this user.
    RepositoryRefused {
        /// What it did.
        cause: &'static str,
    },
    /// No key is published for the profile.
    KeysMissing,
    /// The policy or the keys cannot be read.
    ConfigurationBroken {
        /// What is wrong with them.
        cause: String,
    },
    /// The origin cannot be reached, or what it answers cannot be used.
    OriginUnavailable {
        /// What happened.
        cause: &'static str,
    },
    /// The mirror cannot be reached, or what it answers cannot be used.
    MirrorUnavailable {
        /// What happened.
        cause: &'static str,
    },
    /// The repository cannot be reached, or what it answers cannot be used.
    RepositoryUnavailable {
        /// What happened.
        cause: &'static str,
    },
    /// The identity provider gives the origin no new access token at the moment.
    IdentityProviderUnavailable,
}

/// What a client is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// The status.
    pub status: StatusCode,
    /// The reason code: stable, for programs.
    pub code: &'static str,
    /// What it means: the same for every occurrence.
    pub title: &'static str,
    /// What to do about it.
    pub detail: String,
    /// The challenge.
    pub challenge: Challenge,
    /// The error type of `Proxy-Status` (RFC 9209, 2.3).
    pub proxy_error: &'static str,
    /// When to come back, in seconds.
    pub retry_after: Option<u32>,
}

/// The `WWW-Authenticate` challenge of a denial (RFC 6750, 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Challenge {
    /// None: another credential would not help.
    None,
    /// Without an error code, because no credential of ours was offered (RFC 6750, 3.1).
    Bare,
    /// With `error="invalid_request"`.
    InvalidRequest,
    /// With `error="invalid_token"`.
    InvalidToken,
}

/// How long a client waits before it tries again, in seconds. Azul's own Retry-After is 30; curl's
/// command line waits 10 between its 15 retries.
const RETRY_AFTER_SECONDS: u32 = 10;

const NEW_COMMAND_LINE: &str = "Request a new command line and use the token in it.";
const SIGN_IN_AGAIN: &str = "Sign in again, request a new command line and use the token in it.";
const ONE_CREDENTIAL: &str = "Send exactly one field `Authorization: Bearer <token>`.";

impl Denial {
    /// The public face.
    pub fn face(&self) -> Face {
        use Challenge::{Bare, InvalidRequest, None};
        match self {
            Self::RouteUnknown => denied(
                404,
                "route_unknown",
                None,
                "There is nothing here.",
                "Check the path.",
            ),
            Self::MethodNotAllowed { .. } => denied(
                405,
                "method_not_allowed",
                None,
                "This resource does not take this method.",
                "Use one of the methods named in Allow.",
            ),
            Self::ParameterInvalid { expected } => denied(
                400,
                "parameter_invalid",
                None,
                "A query parameter is not valid.",
                expected,
            ),
            Self::TokenInUrl => denied(
                400,
                "token_in_url",
                InvalidRequest,
                "A token may not be sent in the URL.",
                ONE_CREDENTIAL,
            ),
            Self::CredentialMissing => denied(
                401,
                "credential_missing",
                Bare,
                "A token is needed.",
                ONE_CREDENTIAL,
            ),
            Self::SchemeUnsupported => denied(
                401,
                "scheme_unsupported",
                Bare,
                "Only the scheme Bearer is supported.",
                ONE_CREDENTIAL,
            ),
            Self::CredentialMalformed => denied(
                400,
                "credential_malformed",
                InvalidRequest,
                "The credential cannot be read.",
                ONE_CREDENTIAL,
            ),
            Self::CredentialsSeveral => denied(
                400,
                "credentials_several",
                InvalidRequest,
                "There are several credentials.",
                ONE_CREDENTIAL,
            ),
            Self::CredentialNotAccepted => denied(
                401,
                "credential_not_accepted",
                Challenge::InvalidToken,
                "This kind of token is not accepted here.",
                "Use the kind of token that this resource takes, or none if it is public.",
            ),
            Self::Token(fault) => token_face(fault),
            Self::SessionMissing => denied(
                401,
                "session_missing",
                Challenge::InvalidToken,
                "The token's user is not signed in any more.",
                SIGN_IN_AGAIN,
            ),
            Self::TokenRevoked => denied(
                401,
                "token_revoked",
                Challenge::InvalidToken,
                "The token has been revoked.",
                SIGN_IN_AGAIN,
            ),
            Self::SessionRevoked => denied(
                401,
                "session_revoked",
                Challenge::InvalidToken,
                "The identity provider has ended the session.",
                SIGN_IN_AGAIN,
            ),
            Self::FileUnknown | Self::SourceRefused => denied(
                404,
                "file_not_found",
                None,
                "There is no such file, or it may not be read with this token.",
                "Check uuid, version and catalog, and that you have access to the file's source.",
            ),
            Self::FileNotDownloadable | Self::RepositoryRefused { .. } => denied(
                404,
                "file_not_downloadable",
                None,
                "The file was found, but no download is currently available.",
                "Ask the repository's operators.",
            ),
            Self::KeysMissing => unavailable(
                "keys_missing",
                "proxy_configuration_error",
                "Tokens cannot be verified at the moment.",
            ),
            Self::ConfigurationBroken { .. } => unavailable(
                "configuration_broken",
                "proxy_configuration_error",
                "Requests cannot be decided on at the moment.",
            ),
            Self::OriginUnavailable { .. } => unavailable(
                "origin_unavailable",
                "destination_unavailable",
                "The service behind this edge cannot be reached at the moment.",
            ),
            Self::MirrorUnavailable { .. } => unavailable(
                "mirror_unavailable",
                "destination_unavailable",
                "The mirror cannot be reached at the moment.",
            ),
            Self::RepositoryUnavailable { .. } => unavailable(
                "repository_unavailable",
                "destination_unavailable",
                "The repository cannot be reached at the moment.",
            ),
            Self::IdentityProviderUnavailable => unavailable(
                "identity_provider_unavailable",
                "destination_unavailable",
                "The identity provider cannot be reached at the moment.",
            ),
        }
    }

    /// The reason code for the log: the truth.
    pub fn log_reason(&self) -> &'static str {
        match self {
            Self::FileUnknown => "file_unknown",
            Self::SourceRefused => "source_refused",
            Self::RepositoryRefused { .. } => "repository_refused",
            _ => self.face().code,
        }
    }

    /// What happened, in words, for the log alone.
    pub fn cause(&self) -> Option<String> {
        match self {
            Self::Token(fault) => Some(fault.to_string()),
            Self::ConfigurationBroken { cause } => Some(cause.clone()),
            Self::OriginUnavailable { cause }
            | Self::MirrorUnavailable { cause }
            | Self::RepositoryUnavailable { cause }
            | Self::RepositoryRefused { cause } => Some((*cause).to_owned()),
            _ => None,
        }
    }
}

impl From<TokenFault> for Denial {
    fn from(fault: TokenFault) -> Self {
        Self::Token(fault)
    }
}

fn token_face(fault: &TokenFault) -> Face {
    let (code, title) = match fault {
        TokenFault::Malformed(_) => ("token_malformed", "The token cannot be read."),
        TokenFault::CriticalExtension => (
            "token_critical_extension",
            "The token needs an extension that is not supported.",
        ),
        TokenFault::Encrypted => (
            "token_encrypted",
            "The token is encrypted; only signed ones are taken.",
        ),
        TokenFault::Nested => ("token_nested", "The token holds another token."),
        TokenFault::TypeRefused => (
            "token_type_refused",
            "The token is of a type that is not accepted.",
        ),
        TokenFault::AlgorithmRefused => (
            "token_algorithm_refused",
            "The token's algorithm is not accepted.",
        ),
        TokenFault::KeyUnknown => ("token_key_unknown", "The token's key is not known."),
        TokenFault::SignatureInvalid => ("token_forged", "The token's signature is not valid."),
        TokenFault::ClaimsMalformed(_) => (
            "token_claims_malformed",
            "The token's claims cannot be read.",
        ),
        TokenFault::IssuerRefused => (
            "token_issuer_refused",
            "The token was not issued for this service.",
        ),
        TokenFault::SubjectRefused => (
            "token_subject_refused",
            "The token's subject is not one of this service.",
        ),
        TokenFault::AudienceRefused => (
            "token_audience_refused",
            "The token is not meant for this service.",
        ),
        TokenFault::PossessionUnproven => (
            "token_possession_unproven",
            "The token is bound to a key; only bearer tokens are taken.",
        ),
        TokenFault::NotYetValid => ("token_not_yet_valid", "The token is not valid yet."),
        TokenFault::LifetimeTooLong => (
            "token_lifetime_too_long",
            "The token's lifetime is too long.",
        ),
        TokenFault::Expired { .. } => ("token_expired", "The token has expired."),
    };
    let detail = match fault {
        TokenFault::Expired { at } => {
            format!(
                "The token expired on {}. {NEW_COMMAND_LINE}",
                at.http_date()
            )
        }
        _ => NEW_COMMAND_LINE.to_owned(),
    };
    denied(401, code, Challenge::InvalidToken, title, &detail)
}

fn denied(
    status: u16,
    code: &'static str,
    challenge: Challenge,
    title: &'static str,
    detail: &str,
) -> Face {
    Face {
        // Only called with the statuses above; anything else must not become a success.
        status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        code,
        title,
        detail: detail.to_owned(),
        challenge,
        proxy_error: "http_request_denied",
        retry_after: None,
    }
}

fn unavailable(code: &'static str, proxy_error: &'static str, title: &'static str) -> Face {
    Face {
        status: StatusCode::SERVICE_UNAVAILABLE,
        code,
        title,
        detail: "Try again later; curl does so by itself with --retry.".to_owned(),
        challenge: Challenge::None,
        proxy_error,
        retry_after: Some(RETRY_AFTER_SECONDS),
    }
}

#[cfg(test)]
mod tests;
