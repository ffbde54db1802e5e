//! What a user may read.

use super::call::Call;
use super::documents;
use super::refusal::{self, SESSION_MISSING};
use super::requester::Requester;
use crate::contract::{Entitlement, endpoint};
use crate::denial::Denial;
use crate::platform::Platform;

/// What a user may read.
///
/// # Errors
/// [`SESSION_MISSING`], [`refusal::TOKEN_REVOKED`], [`refusal::UNAVAILABLE`].
pub fn entitlement(
    platform: &mut impl Platform,
    requester: &Requester<'_>,
) -> Result<Entitlement, Denial> {
    let call = Call::post(endpoint::ENTITLEMENTS, None);
    let period = requester.policy.freshness.entitlement;
    let key = requester.user.cache_key();
    let got = documents::get(platform, &key, period, |platform| {
        call.ask(platform, requester.token)
    });
    refusal::document(got.finding, &SESSION_MISSING)
}
