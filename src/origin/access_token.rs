//! The user's access token at the identity provider.

use azat_policy::Period;

use super::call::Call;
use super::documents;
use super::refusal::{self, NO_ACCESS_TOKEN};
use super::requester::Requester;
use crate::contract::{AccessTokenDocument, endpoint};
use crate::denial::Denial;
use crate::platform::{CacheKey, Platform};

/// The user's access token at the identity provider.
///
/// # Errors
/// [`NO_ACCESS_TOKEN`], [`refusal::SESSION_REVOKED`], [`refusal::TOKEN_REVOKED`],
/// [`refusal::IDENTITY_PROVIDER_UNAVAILABLE`], [`refusal::UNAVAILABLE`].
pub fn access_token(
    platform: &mut impl Platform,
    requester: &Requester<'_>,
) -> Result<AccessTokenDocument, Denial> {
    /// The origin says until when to use it, and the provider sets the end: up to then it is still
    /// used while nobody has a newer one.
    const UNTIL_ITS_END: Period = Period {
        fresh_seconds: u32::MAX,
        stale_seconds: u32::MAX,
    };
    let call = Call::post(endpoint::ACCESS_TOKEN, None);
    let key = access_token_key(requester);
    let ask = |platform: &mut _| call.ask(platform, requester.token);
    let got = documents::get(platform, &key, UNTIL_ITS_END, ask);
    refusal::document(got.finding, &NO_ACCESS_TOKEN)
}

/// A newer access token than `failed`, which a repository did not take. `None` when there is none
/// yet: the origin does not refresh at will.
///
/// # Errors
/// As [`access_token`].
pub fn newer_access_token(
    platform: &mut impl Platform,
    requester: &Requester<'_>,
    failed: &AccessTokenDocument,
) -> Result<Option<AccessTokenDocument>, Denial> {
    /// The origin refreshes at most this often.
    const A_MINUTE: Period = Period {
        fresh_seconds: 60,
        stale_seconds: 0,
    };
    let query = endpoint::of_refresh(failed.version);
    let call = Call::post(endpoint::REFRESH, Some(query));
    let version = failed.version.to_string();
    let key = session_key(requester, "newer access token", &version);
    let ask = |platform: &mut _| call.ask(platform, requester.token);
    let got = documents::get(platform, &key, A_MINUTE, ask);
    let newer: AccessTokenDocument = refusal::document(got.finding, &NO_ACCESS_TOKEN)?;
    // Not "greater": the versions of a store that was restored begin anew.
    if newer.version == failed.version {
        return Ok(None);
    }
    documents::replace(platform, &access_token_key(requester), newer.clone());
    Ok(Some(newer))
}

fn access_token_key(requester: &Requester<'_>) -> CacheKey {
    session_key(requester, "access token", "")
}

/// The key of a document about a user's session, for this AZAT alone: a user who has signed in
/// again, and so has a new one, gets nothing of what is cached from the session before.
fn session_key(requester: &Requester<'_>, kind: &'static str, detail: &str) -> CacheKey {
    let counter = requester.user.counter().map(|counter| counter.to_string());
    let of_token = counter.unwrap_or_default();
    requester.user.key_of(kind, &[&of_token, detail])
}
