//! The session: has this token been taken back?

use crate::contract::Entitlement;
use crate::denial::Denial;
use crate::principal::Principal;

/// Checks that a token has not been revoked since it was minted.
///
/// The first good counter decides. The last one is not looked at: the entitlement may be older than a token
/// that has just been minted, and nobody but the origin can sign a counter.
///
/// # Errors
/// [`Denial::TokenRevoked`].
pub fn check(user: &Principal, entitlement: &Entitlement) -> Result<(), Denial> {
    let (first_good, _) = entitlement.jti_window;
    let counted = user.counter.unwrap_or(0) >= first_good;
    match counted && user.issued_at >= entitlement.not_before {
        true => Ok(()),
        false => Err(Denial::TokenRevoked),
    }
}
