//! The user's access token at the identity provider.

use azat_policy::Period;

use super::call::Call;
use super::finding::{Finding, Kept};
use super::line::Line;
use super::refusal::{self, NO_ACCESS_TOKEN};
use super::requester::Requester;
use super::search::{Question, Search};
use crate::contract::{AccessTokenDocument, endpoint};
use crate::denial::Denial;
use crate::platform::{CacheKey, Platform};

/// The origin says until when to use an access token, and the provider sets the end: up to then it
/// is still used while nobody has a newer one.
const UNTIL_ITS_END: Period = Period {
    fresh_seconds: u32::MAX,
    stale_seconds: u32::MAX,
};

/// The user's access token at the identity provider.
///
/// # Errors
/// [`NO_ACCESS_TOKEN`], [`refusal::SESSION_REVOKED`], [`refusal::TOKEN_REVOKED`],
/// [`refusal::IDENTITY_PROVIDER_UNAVAILABLE`], [`refusal::UNAVAILABLE`].
pub fn access_token(
    platform: &mut impl Platform,
    requester: &Requester<'_>,
) -> Result<AccessTokenDocument, Denial> {
    let question = Question {
        call: Call::post(endpoint::ACCESS_TOKEN, None),
        key: requester.key_of_token("asking for access token", ""),
        tells_of_outage: false,
    };
    let key = access_token_key(requester);
    find(platform, requester, key, UNTIL_ITS_END, question)
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
    let version = failed.version.to_string();
    let question = Question {
        call: Call::post(
            endpoint::REFRESH,
            Some(endpoint::of_refresh(failed.version)),
        ),
        key: requester.key_of_token("asking for newer access token", &version),
        tells_of_outage: false,
    };
    let key = session_key(requester, "newer access token", &version);
    let newer = find(platform, requester, key, A_MINUTE, question)?;
    // Not "greater": the versions of a store that was restored begin anew.
    if newer.version == failed.version {
        return Ok(None);
    }
    // In place of the copy, which has turned out to be of no use.
    let copy = Kept::of(Finding::Found(newer.clone()), UNTIL_ITS_END, platform.now());
    platform.keep(&access_token_key(requester), copy.copy());
    Ok(Some(newer))
}

fn find(
    platform: &mut impl Platform,
    requester: &Requester<'_>,
    key: CacheKey,
    period: Period,
    question: Question,
) -> Result<AccessTokenDocument, Denial> {
    let mut line = Line::of(requester);
    let mut search = Search::begin(platform, key, period, requester.subject());
    let now = platform.now();
    if !search.end_with_fresh_copy(now) {
        let has_spare = search.copied(now).is_some();
        search.ask(platform, &mut line, question, has_spare);
        search.finish(platform, &mut line);
    }
    let known = refusal::known(search.got(), &NO_ACCESS_TOKEN)?;
    Ok(known.document)
}

fn access_token_key(requester: &Requester<'_>) -> CacheKey {
    session_key(requester, "access token", "")
}

/// The key of a document about a user's session, for this AZAT alone: a user who has signed in
/// again, and so has a new one, gets nothing of what is cached from the session before.
fn session_key(requester: &Requester<'_>, kind: &'static str, detail: &str) -> CacheKey {
    match requester.user.counter() {
        Some(counter) => requester.user.key_of(kind, &[&counter.to_string(), detail]),
        None => requester.key_of_token(kind, detail),
    }
}
