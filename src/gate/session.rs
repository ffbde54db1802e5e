//! The session: has this token been taken back?

use crate::contract::Entitlement;
use crate::credential::User;
use crate::denial::{Denial, Ground};
use crate::provenance::Known;
use crate::step::Step;

/// The token has not been taken back.
pub static STEP: Step = Step::new("session", "the token has not been taken back");

/// The token was taken back.
pub static TOKEN_REVOKED: Ground = Ground::revoked(&STEP);

/// A user whose token has not been revoked, and what that user may read.
pub struct Unrevoked<'e> {
    pub(super) user: &'e User,
    pub(super) entitlement: &'e Entitlement,
}

/// Checks that a token has not been revoked since it was minted.
///
/// It takes an entitlement wherever it came from: what was taken back is not given back. The first
/// good counter decides. The last one is not looked at: the entitlement may be older than
/// a token that has just been minted, and nobody but the origin can sign a counter.
///
/// # Errors
/// [`TOKEN_REVOKED`].
pub fn open<'e>(
    user: &'e User,
    entitlement: &'e Known<Entitlement>,
) -> Result<Unrevoked<'e>, Denial> {
    let entitlement = &entitlement.document;
    let (first_good, _) = entitlement.jti_window;
    let counted = user.counter().unwrap_or(0) >= first_good;
    match counted && user.issued_at() >= entitlement.not_before {
        true => Ok(Unrevoked { user, entitlement }),
        false => Err(Denial::from(&TOKEN_REVOKED)),
    }
}

#[cfg(test)]
mod tests;
