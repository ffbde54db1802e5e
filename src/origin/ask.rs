//! What the edge asks the origin for.

use azat_policy::{Period, Policy};
use http::Method;

use super::call::Call;
use super::unavailable;
use crate::contract::{AccessToken, Entitlement, FileRecord};
use crate::credential::BearerToken;
use crate::denial::Denial;
use crate::file::FileId;
use crate::origin::documents::{self, Kept, Trouble};
use crate::platform::CacheKey;
use crate::platform::Platform;
use crate::principal::Principal;

/// On whose behalf the origin is asked.
pub struct Caller<'c> {
    /// The policy in force.
    pub policy: &'c Policy,
    /// The token, which the origin verifies again.
    pub token: BearerToken<'c>,
    /// The user whom it proves.
    pub user: &'c Principal,
}

/// What a user may read.
///
/// # Errors
/// [`Denial::SessionMissing`], [`Denial::TokenRevoked`], [`Denial::OriginUnavailable`].
pub fn entitlement(
    platform: &mut impl Platform,
    caller: &Caller<'_>,
) -> Result<Entitlement, Denial> {
    let call = Call::post("/edge/entitlements", None);
    let period = caller.policy.freshness.entitlement;
    let key = caller.user.cache_key();
    let got = documents::get(platform, &key, period, |platform| {
        call.ask(platform, caller.token)
    });
    found(got.kept, Denial::SessionMissing)
}

/// Where a file is, and to which source it belongs.
///
/// A record that the gate does not admit is asked for again as often as one that is not there: neither
/// the answer nor the time it takes tells a stranger which of the two it is.
///
/// # Errors
/// [`Denial::FileUnknown`], [`Denial::TokenRevoked`], [`Denial::OriginUnavailable`].
pub fn file(
    platform: &mut impl Platform,
    caller: &Caller<'_>,
    id: &FileId,
    admits: impl FnOnce(&FileRecord) -> bool,
) -> Result<FileRecord, Denial> {
    const AS_IF_ABSENT: Period = Period {
        fresh_seconds: documents::ABSENT_SECONDS,
        stale_seconds: 0,
    };
    let version = id.version.as_ref().map(|version| version.as_str());
    let (catalog, uuid) = (id.catalog.as_str(), id.uuid.as_str());
    let call = Call {
        method: Method::GET,
        path: format!("/edge/files/{catalog}/{uuid}"),
        query: version.map(|version| format!("version={version}")),
    };
    let key = |kind| CacheKey::of(kind, &[catalog, uuid, version.unwrap_or_default()]);
    let period = caller.policy.freshness.file;
    let ask = |platform: &mut _| call.ask(platform, caller.token);
    let got = documents::get(platform, &key("file"), period, ask);
    let kept = match got.kept {
        Kept::Found(file) if !admits(&file) => {
            documents::get(
                platform,
                &key("refused file"),
                AS_IF_ABSENT,
                |platform| match got.asked {
                    true => Kept::Found(file),
                    false => call.ask(platform, caller.token),
                },
            )
            .kept
        }
        kept => kept,
    };
    found(kept, Denial::FileUnknown)
}

/// The user's access token at the identity provider.
///
/// # Errors
/// [`Denial::SessionMissing`], [`Denial::SessionRevoked`], [`Denial::TokenRevoked`],
/// [`Denial::IdentityProviderUnavailable`], [`Denial::OriginUnavailable`].
pub fn access_token(
    platform: &mut impl Platform,
    caller: &Caller<'_>,
) -> Result<AccessToken, Denial> {
    /// The origin says until when to use it, and the provider sets the end: up to then it is still used
    /// while nobody has a newer one.
    const UNTIL_ITS_END: Period = Period {
        fresh_seconds: u32::MAX,
        stale_seconds: u32::MAX,
    };
    let call = Call::post("/edge/access-token", None);
    let key = access_token_key(caller);
    let ask = |platform: &mut _| call.ask(platform, caller.token);
    let got = documents::get(platform, &key, UNTIL_ITS_END, ask);
    found(got.kept, Denial::SessionMissing)
}

/// A newer access token than `failed`, which a repository did not take. None when there is none: the origin
/// does not refresh at will.
///
/// # Errors
/// As [`access_token`].
pub fn newer_access_token(
    platform: &mut impl Platform,
    caller: &Caller<'_>,
    failed: &AccessToken,
) -> Result<Option<AccessToken>, Denial> {
    /// As often as the origin refreshes at most.
    const A_MINUTE: Period = Period {
        fresh_seconds: 60,
        stale_seconds: 0,
    };
    let version = failed.version.to_string();
    let call = Call::post("/edge/refresh", Some(format!("version={version}")));
    let key = session_key(caller, "newer access token", &version);
    let ask = |platform: &mut _| call.ask(platform, caller.token);
    let got = documents::get(platform, &key, A_MINUTE, ask);
    let newer: AccessToken = found(got.kept, Denial::SessionMissing)?;
    // Not "greater": the versions of a store that was restored begin anew.
    if newer.version == failed.version {
        return Ok(None);
    }
    documents::replace(platform, &access_token_key(caller), newer.clone());
    Ok(Some(newer))
}

fn access_token_key(caller: &Caller<'_>) -> CacheKey {
    session_key(caller, "access token", "")
}

/// The key of a document about a user's session, for this AZAT alone: who has signed in again, and so has a
/// new one, has nothing to do with what is cached of the session before.
fn session_key(caller: &Caller<'_>, kind: &'static str, detail: &str) -> CacheKey {
    let counter = caller.user.counter.map(|counter| counter.to_string());
    let of_token = counter.unwrap_or_default();
    caller.user.key_of(kind, &[&of_token, detail])
}

fn found<D>(kept: Kept<D>, absent: Denial) -> Result<D, Denial> {
    match kept {
        Kept::Found(document) => Ok(document),
        Kept::Absent => Err(absent),
        Kept::Revoked => Err(Denial::SessionRevoked),
        Kept::Trouble(Trouble::TokenRevoked) => Err(Denial::TokenRevoked),
        Kept::Trouble(Trouble::SessionMissing) => Err(Denial::SessionMissing),
        Kept::Trouble(Trouble::IdentityProvider) => Err(Denial::IdentityProviderUnavailable),
        Kept::Trouble(trouble) => Err(unavailable(trouble)),
    }
}
