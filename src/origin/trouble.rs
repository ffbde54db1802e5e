//! Trouble: what keeps the edge from getting a document.

use serde::{Deserialize, Serialize};

use crate::denial::RetryAfter;

/// What keeps the edge from getting a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Trouble {
    /// There is no secret to sign the call with.
    NoSecret,
    /// The origin gave no answer.
    NoAnswer,
    /// The origin began an answer, and did not end it.
    BrokenOff,
    /// The origin did not accept the call's signature.
    SignatureRefused,
    /// The origin does not believe the token that the edge believes.
    TokenRefused,
    /// The origin has taken the token back.
    TokenRevoked,
    /// The origin has no row for the token's subject any more.
    SessionMissing,
    /// The origin cannot reach the identity provider; how long it says that takes.
    IdentityProvider(Option<RetryAfter>),
    /// The origin answered with another status; how long it says that takes.
    Status(Option<RetryAfter>),
    /// The origin's answer is not such a document.
    Unreadable,
    /// The origin's answer is about something that was not asked for.
    AboutAnother,
    /// The origin's document is longer than any may be.
    TooLong,
    /// Another request has been waiting for the origin for too long.
    Busy,
    /// Others have found out that the origin is in trouble.
    Outage,
}

impl Trouble {
    /// Whether it is about the token of one request, and says nothing about others.
    pub(super) fn is_the_tokens(self) -> bool {
        matches!(
            self,
            Self::TokenRefused | Self::TokenRevoked | Self::SessionMissing
        )
    }

    /// What happened, in words, for the log.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::NoSecret => "there is no good secret to sign calls with",
            Self::NoAnswer => "the origin gave no answer",
            Self::BrokenOff => "the origin's answer broke off",
            Self::SignatureRefused => "the origin did not accept the edge's signature",
            Self::TokenRefused => "the origin does not believe the token",
            Self::SessionMissing => "the origin does not know the user any more",
            Self::TokenRevoked => "the origin has taken the token back",
            Self::IdentityProvider(_) => "the origin cannot reach the identity provider",
            Self::Status(_) => "the origin answered with an error",
            Self::Unreadable => "the origin's document cannot be read",
            Self::AboutAnother => "the origin's document is about something else",
            Self::TooLong => "the origin's document is too long",
            Self::Busy => "the origin takes too long",
            Self::Outage => "the origin is known to be in trouble",
        }
    }
}
