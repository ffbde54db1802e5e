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

/// The origin cannot be reached, or what it answers cannot be used.
pub static UNAVAILABLE: Ground = Ground::origin_unavailable(&ENTITLEMENT).advising(
    "The Secret Store's entry `edge_origin_secret` must have 32 bytes at least, and be the origin's.",
);

/// The document, where there is one; or what ends the request, `absent` where the origin does not
/// have it.
///
/// # Errors
/// `absent`, [`SESSION_MISSING`], [`SESSION_REVOKED`], [`TOKEN_REVOKED`],
/// [`IDENTITY_PROVIDER_UNAVAILABLE`], [`UNAVAILABLE`].
pub(super) fn known<D: Clone>(
    got: Option<&Got<D>>,
    absent: &'static Ground,
) -> Result<Known<D>, Denial> {
    let Some(Got { finding, from }) = got else {
        return Err(Denial::from(&UNAVAILABLE));
    };
    Err(Denial::from(match (finding, from) {
        (Finding::Found(document), from) => {
            return Ok(Known {
                document: document.clone(),
                from: *from,
            });
        }
        // That there is nothing is the origin's to say, and only for a moment.
        (Finding::Absent, Provenance::Origin) => absent,
        (Finding::Revoked, Provenance::Origin) => &SESSION_REVOKED,
        (Finding::Absent | Finding::Revoked, _) => &UNAVAILABLE,
        (Finding::Trouble(Trouble::TokenRevoked), _) => &TOKEN_REVOKED,
        (Finding::Trouble(Trouble::SessionMissing), _) => &SESSION_MISSING,
        (Finding::Trouble(Trouble::IdentityProvider), _) => &IDENTITY_PROVIDER_UNAVAILABLE,
        (Finding::Trouble(trouble), _) => return Err(unavailable(*trouble)),
    }))
}

/// The denial for trouble with the origin itself.
pub(super) fn unavailable(trouble: Trouble) -> Denial {
    Denial::from(&UNAVAILABLE).because(trouble.as_str())
}
