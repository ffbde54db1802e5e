//! What the service does not do, and what it says then.

use axum::Extension;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use azat_edge::contract::reason;
use azat_edge::contract::signature::CallFault;
use azat_edge::jose::TokenFault;
use problem_details::ProblemDetails;
use serde::Serialize;

use super::blocking::WorkFault;
use super::no_store::NO_STORE;
use super::request_log::Logged;
use crate::access_token::NotAnAccessToken;
use crate::identity_provider::{Late, ProviderFault};
use crate::server::Incomplete;
use crate::session::NotLive;
use crate::store::{StoreFault, TooManyManifests, UnreadableRow};
use crate::token::MintFault;

/// RFC 9457, 3.
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");
/// RFC 6750, 3.
const CHALLENGE: HeaderValue =
    HeaderValue::from_static(r#"Bearer realm="azat", error="invalid_token""#);
/// When a failure that passes is worth another try.
const RETRY_SECONDS: HeaderValue = HeaderValue::from_static("5");

/// Why a request is refused. What it carries is for the log alone.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// A call on `/edge/…` that the edge did not make.
    #[error(transparent)]
    EdgeSignatureInvalid(#[from] CallFault),
    /// A call of the edge without an AZAT.
    #[error("the credential is not a Bearer token")]
    TokenMissing,
    /// A call of the edge with an AZAT that is not believed.
    #[error(transparent)]
    TokenInvalid(#[from] TokenFault),
    /// An AZAT that its subject has revoked.
    #[error("the AZAT has been revoked")]
    TokenRevoked,
    /// An access token that the identity provider does not know as one of ours.
    #[error("{0}")]
    AccessTokenInvalid(&'static str),
    /// An AZAT where only an access token will do.
    #[error("an AZAT instead of an access token")]
    TokenNotExchangeable,
    /// A query or a body that is not what is expected.
    #[error("the request is malformed")]
    RequestMalformed,
    /// More than a party may do.
    #[error("too many requests of one party")]
    TooManyRequests {
        /// After how many seconds it may go on.
        seconds: u64,
    },
    /// A request that has not arrived whole.
    #[error(transparent)]
    RequestIncomplete(#[from] Incomplete),
    /// There is no identity provider.
    #[error("there is no identity provider")]
    SignInDisabled,
    /// What the request brings does not sign anybody in.
    #[error("{0}")]
    SignInRefused(&'static str),
    /// The subject has no row, or no session.
    #[error("the subject has no row or no session")]
    SessionMissing,
    /// The identity provider has refused to renew the session.
    #[error("the identity provider has refused to renew the session")]
    SessionRevoked,
    /// The identity provider does not answer.
    #[error("the identity provider: {0}")]
    IdentityProviderUnavailable(&'static str),
    /// No file of that name, or what is not the name of a file.
    #[error("no such file")]
    FileUnknown,
    /// A file whose row cannot be read.
    #[error("{0}")]
    FileUnreadable(Box<UnreadableRow>),
    /// A subject one of whose rows cannot be read.
    #[error("{0}")]
    SubjectUnreadable(Box<UnreadableRow>),
    /// No manifest of that key.
    #[error("no such manifest")]
    ManifestUnknown,
    /// A manifest whose time is over.
    #[error("the manifest has expired")]
    ManifestExpired,
    /// A manifest without a file.
    #[error("no such files that the caller may read")]
    ManifestEmpty,
    /// A manifest of too many files.
    #[error("{0} files may be on the manifest")]
    ManifestTooLong(u64),
    /// As many manifests as are kept.
    #[error(transparent)]
    TooManyManifests(#[from] TooManyManifests),
    /// As much is under way as can be.
    #[error("as many as possible are being served")]
    Busy,
    /// Nothing is served there.
    #[error("no such route")]
    RouteUnknown,
    /// The store failed.
    #[error(transparent)]
    StoreFailed(#[from] StoreFault),
    /// No token could be minted.
    #[error(transparent)]
    MintFailed(#[from] MintFault),
    /// The system has no random bytes to give.
    #[error(transparent)]
    RandomnessFailed(#[from] getrandom::Error),
    /// A task of this program failed.
    #[error(transparent)]
    TaskFailed(#[from] tokio::task::JoinError),
    /// Work on the store was not done.
    #[error(transparent)]
    WorkFailed(#[from] WorkFault),
    /// The answer takes too long to begin.
    #[error("the answer takes too long to begin")]
    Overdue,
}

/// The public face of a refusal.
struct Face {
    status: StatusCode,
    reason: &'static str,
    detail: &'static str,
}

#[derive(Serialize)]
struct Extensions {
    reason: &'static str,
}

impl Refusal {
    /// Why the provider does not know an access token it was asked about.
    pub(super) fn of_access_token(fault: ProviderFault) -> Self {
        match fault {
            ProviderFault::Refused(why) => Self::AccessTokenInvalid(why),
            ProviderFault::Unavailable(why) => Self::IdentityProviderUnavailable(why),
        }
    }

    /// Why the provider does not sign a user in.
    pub(super) fn of_sign_in(fault: ProviderFault) -> Self {
        match fault {
            ProviderFault::Refused(why) => Self::SignInRefused(why),
            ProviderFault::Unavailable(why) => Self::IdentityProviderUnavailable(why),
        }
    }

    /// Why there is nothing about a file. One whose row cannot be read is as good as not there:
    /// it must not seem to be trouble of the origin's as a whole.
    pub(super) fn of_file(fault: StoreFault) -> Self {
        match fault {
            StoreFault::Unreadable(row) => Self::FileUnreadable(row),
            other => other.into(),
        }
    }

    /// Why there is nothing about a subject, likewise.
    pub(super) fn of_subject(fault: StoreFault) -> Self {
        match fault {
            StoreFault::Unreadable(row) => Self::SubjectUnreadable(row),
            other => other.into(),
        }
    }

    fn face(&self) -> Face {
        let face = |status, reason, detail| Face {
            status,
            reason,
            detail,
        };
        match self {
            Self::EdgeSignatureInvalid(_) => face(
                StatusCode::FORBIDDEN,
                "edge_signature_invalid",
                "Only the edge may ask here.",
            ),
            Self::TokenMissing | Self::TokenInvalid(_) | Self::AccessTokenInvalid(_) => face(
                StatusCode::UNAUTHORIZED,
                "token_invalid",
                "The token is not believed.",
            ),
            Self::TokenRevoked => face(
                StatusCode::UNAUTHORIZED,
                reason::TOKEN_REVOKED,
                "The token has been revoked.",
            ),
            Self::TokenNotExchangeable => face(
                StatusCode::BAD_REQUEST,
                "token_not_exchangeable",
                "Only an access token does here, not an AZAT.",
            ),
            Self::RequestIncomplete(Incomplete::TooLong) => face(
                StatusCode::PAYLOAD_TOO_LARGE,
                "request_too_long",
                "The request has a longer body than anything here takes.",
            ),
            Self::RequestIncomplete(Incomplete::TooSlow) => face(
                StatusCode::REQUEST_TIMEOUT,
                "request_too_slow",
                "The request does not arrive in time.",
            ),
            Self::RequestMalformed | Self::RequestIncomplete(Incomplete::Broken) => face(
                StatusCode::BAD_REQUEST,
                "request_malformed",
                "The request is not understood.",
            ),
            Self::TooManyRequests { .. } => face(
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_requests",
                "That is too much at once: wait before you ask again.",
            ),
            Self::SignInDisabled => face(
                StatusCode::NOT_FOUND,
                "sign_in_disabled",
                "Nobody can sign in here.",
            ),
            Self::SignInRefused(_) => face(
                StatusCode::UNAUTHORIZED,
                "sign_in_refused",
                "The identity provider does not confirm who signs in: try again from the beginning.",
            ),
            Self::SessionMissing | Self::SubjectUnreadable(_) => face(
                StatusCode::NOT_FOUND,
                reason::SESSION_MISSING,
                "The token's subject is not signed in.",
            ),
            Self::SessionRevoked => face(
                StatusCode::GONE,
                reason::SESSION_REVOKED,
                "The identity provider has ended the session: sign in again.",
            ),
            Self::IdentityProviderUnavailable(_) => face(
                StatusCode::SERVICE_UNAVAILABLE,
                reason::IDENTITY_PROVIDER_UNAVAILABLE,
                "The identity provider does not answer now.",
            ),
            Self::FileUnknown | Self::FileUnreadable(_) => face(
                StatusCode::NOT_FOUND,
                reason::FILE_UNKNOWN,
                "There is no such file.",
            ),
            Self::ManifestUnknown => face(
                StatusCode::NOT_FOUND,
                "manifest_unknown",
                "There is no such manifest.",
            ),
            Self::ManifestExpired => face(
                StatusCode::GONE,
                "manifest_expired",
                "The manifest has expired, please request a new one",
            ),
            Self::ManifestEmpty => face(
                StatusCode::NOT_FOUND,
                "manifest_empty",
                "There are no such files that you may read.",
            ),
            Self::ManifestTooLong(_) => face(
                StatusCode::BAD_REQUEST,
                "manifest_too_long",
                "These are too many files for one manifest: ask for fewer sources.",
            ),
            Self::TooManyManifests(_) | Self::Busy => face(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "Too many manifests have been asked for: try again.",
            ),
            Self::StoreFailed(StoreFault::Unreadable(_)) => face(
                StatusCode::INTERNAL_SERVER_ERROR,
                "row_unreadable",
                "What is kept of this cannot be read: its operator has to mend it.",
            ),
            Self::RouteUnknown => face(
                StatusCode::NOT_FOUND,
                "route_unknown",
                "There is nothing here.",
            ),
            Self::StoreFailed(_)
            | Self::MintFailed(_)
            | Self::RandomnessFailed(_)
            | Self::TaskFailed(_)
            | Self::WorkFailed(_)
            | Self::Overdue => face(
                StatusCode::SERVICE_UNAVAILABLE,
                "origin_failed",
                "The origin cannot answer now.",
            ),
        }
    }
}

impl From<NotLive> for Refusal {
    fn from(why: NotLive) -> Self {
        match why {
            NotLive::Missing => Self::SessionMissing,
            NotLive::Refused => Self::SessionRevoked,
        }
    }
}

impl From<Late> for Refusal {
    fn from(Late: Late) -> Self {
        Self::IdentityProviderUnavailable(Late::WHY)
    }
}

impl From<NotAnAccessToken> for Refusal {
    fn from(NotAnAccessToken: NotAnAccessToken) -> Self {
        Self::AccessTokenInvalid("not an access token")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Face {
            status,
            reason,
            detail,
        } = self.face();
        let problem = ProblemDetails::from_status_code(status)
            .with_detail(detail)
            .with_extensions(Extensions { reason });
        // Only strings and a number: none of serde_json's failures can occur.
        let body = serde_json::to_string(&problem).unwrap_or_default();
        let content_type = (header::CONTENT_TYPE, PROBLEM_JSON);
        let advice = match (&self, status) {
            (Self::TooManyRequests { seconds }, _) => {
                Some([(header::RETRY_AFTER, HeaderValue::from(*seconds))])
            }
            (_, StatusCode::UNAUTHORIZED) => Some([(header::WWW_AUTHENTICATE, CHALLENGE)]),
            (_, StatusCode::SERVICE_UNAVAILABLE) => Some([(header::RETRY_AFTER, RETRY_SECONDS)]),
            _ => None,
        };
        let logged = Extension(Logged {
            reason,
            cause: self.to_string(),
        });
        (status, [content_type, NO_STORE], advice, logged, body).into_response()
    }
}
