//! What ends a request whose document the origin does not give.

use http::StatusCode;

use super::finding::{Finding, Got};
use super::trouble::Trouble;
use crate::contract::reason;
use crate::denial::{Challenge, Denial, Ground, SIGN_IN_AGAIN};
use crate::provenance::{Known, Provenance};
use crate::step::Step;

/// The origin says what the token's subject may read.
pub static ENTITLEMENT: Step = Step::new("entitlement", "the origin knows the token's subject");

/// The origin has a record of the file.
pub static RECORD: Step = Step::new("record", "the origin has a record of the file");

const fn session_ended(code: &'static str, title: &'static str) -> Ground {
    Ground::refused(
        StatusCode::UNAUTHORIZED,
        code,
        title,
        SIGN_IN_AGAIN,
        &ENTITLEMENT,
    )
    .challenging(Challenge::InvalidToken)
}

/// The origin has no row for the token's subject.
pub static SESSION_MISSING: Ground = session_ended(
    reason::SESSION_MISSING,
    "The token's user is not signed in any more.",
)
.advising("The origin does not know the subject: `azat users import` adds users.");

/// The origin has no session of the user, whose access token a repository needs.
pub static NO_ACCESS_TOKEN: Ground = session_ended(
    reason::SESSION_MISSING,
    "The token's user is not signed in any more.",
)
.advising(
    "The file is not mirrored, and the origin has no session of the user for the repository.",
);

/// The origin has taken the token back.
pub static TOKEN_REVOKED: Ground = Ground::revoked(&ENTITLEMENT);

/// The identity provider does not know the user's session any more.
pub static SESSION_REVOKED: Ground = session_ended(
    reason::SESSION_REVOKED,
    "The identity provider has ended the session.",
);

/// The file does not exist.
pub static FILE_UNKNOWN: Ground = Ground::hidden(reason::FILE_UNKNOWN, &RECORD).advising(
    "The origin has no such file in that catalog and version: `azat files import` adds files.",
);

/// The identity provider gives the origin no new access token at the moment.
pub static IDENTITY_PROVIDER_UNAVAILABLE: Ground = Ground::unavailable(
    reason::IDENTITY_PROVIDER_UNAVAILABLE,
    "destination_unavailable",
    "The identity provider cannot be reached at the moment.",
    &ENTITLEMENT,
);

/// The origin cannot be reached, is in trouble, or does not yet believe what the edge believes.
pub static UNAVAILABLE: Ground = Ground::origin_unavailable(&ENTITLEMENT);

/// The edge cannot prove to the origin that it is the edge.
pub static EDGE_REFUSED: Ground = Ground::outage(
    "edge_refused",
    "proxy_configuration_error",
    "The service behind this edge cannot be asked at the moment.",
    &ENTITLEMENT,
)
.advising(
    "The Secret Store's entry `edge_origin_secret` must have 32 bytes at least, and be the origin's.",
);

/// The origin's document is none that this edge can read.
pub static DOCUMENT_UNREADABLE: Ground = Ground::outage(
    "document_unreadable",
    "http_protocol_error",
    "The service behind this edge cannot be understood at the moment.",
    &ENTITLEMENT,
)
.advising(
    "Edge and origin are of versions that do not fit, or something in between answers in the origin's \
     stead.",
);

/// The origin's document is longer than the edge reads.
pub static DOCUMENT_TOO_LARGE: Ground = Ground::defect(
    "document_too_large",
    "http_response_body_size",
    "This request cannot be decided on.",
    &ENTITLEMENT,
)
.advising(
    "A document of more than 1 MiB: an entitlement to some 25,000 sources. Give the subject fewer.",
);

/// The document, where there is one; or what ends the request, `absent` where the origin does not
/// have it.
///
/// # Errors
/// `absent`, [`SESSION_REVOKED`], and those of [`in_trouble`].
pub(super) fn known<D: Clone>(
    got: Option<Got<'_, D>>,
    absent: &'static Ground,
) -> Result<Known<D>, Denial> {
    let Some(Got { finding, from, .. }) = got else {
        return Err(Denial::from(&UNAVAILABLE));
    };
    Err(Denial::from(match (finding, from) {
        (Finding::Found(document), from) => {
            return Ok(Known {
                document: document.clone(),
                from,
            });
        }
        // That there is nothing is the origin's to say, and only for a moment.
        (Finding::Absent, Provenance::Origin) => absent,
        (Finding::Revoked, Provenance::Origin) => &SESSION_REVOKED,
        (Finding::Absent | Finding::Revoked, _) => &UNAVAILABLE,
        (Finding::Trouble(trouble), _) => return Err(in_trouble(trouble)),
    }))
}

/// The denial for trouble on the way to a document.
pub(super) fn in_trouble(trouble: Trouble) -> Denial {
    let ground = match trouble {
        Trouble::TokenRevoked => return Denial::from(&TOKEN_REVOKED),
        Trouble::SessionMissing => return Denial::from(&SESSION_MISSING),
        Trouble::IdentityProvider(retry_after) => {
            return Denial::from(&IDENTITY_PROVIDER_UNAVAILABLE).until(retry_after);
        }
        Trouble::NoSecret | Trouble::SignatureRefused => &EDGE_REFUSED,
        Trouble::Unreadable | Trouble::AboutAnother => &DOCUMENT_UNREADABLE,
        Trouble::TooLong => &DOCUMENT_TOO_LARGE,
        Trouble::NoAnswer
        | Trouble::BrokenOff
        | Trouble::TokenRefused
        | Trouble::Status(_)
        | Trouble::Busy
        | Trouble::Outage => &UNAVAILABLE,
    };
    let retry_after = match trouble {
        Trouble::Status(retry_after) => retry_after,
        _ => None,
    };
    Denial::from(ground)
        .because(trouble.as_str())
        .until(retry_after)
}
