//! Where a file is, and to which source it belongs.

use azat_policy::Period;
use http::Method;

use super::call::Call;
use super::documents::{self, Finding, Got};
use super::refusal::{self, FILE_UNKNOWN, RECORD};
use super::requester::Requester;
use crate::contract::{Entitlement, FileRecord, endpoint};
use crate::denial::Denial;
use crate::file::FileId;
use crate::platform::{CacheKey, Platform};

/// The record of a file, for a user who has that entitlement.
///
/// A record that the entitlement does not admit is asked for again as often as one that is not
/// there: neither the answer nor the time it takes tells a stranger which of the two it is.
///
/// # Errors
/// [`FILE_UNKNOWN`], [`refusal::TOKEN_REVOKED`], [`refusal::UNAVAILABLE`].
pub fn file(
    platform: &mut impl Platform,
    requester: &Requester<'_>,
    entitlement: &Entitlement,
    id: &FileId,
) -> Result<FileRecord, Denial> {
    const AS_IF_ABSENT: Period = Period {
        fresh_seconds: documents::ABSENT_SECONDS,
        stale_seconds: 0,
    };
    let (path, query) = endpoint::of_file(id);
    let call = Call {
        method: Method::GET,
        path,
        query,
    };
    let version = id.version.as_ref().map(|version| version.as_str());
    let (catalog, uuid) = (id.catalog.as_str(), id.uuid.as_str());
    let key = |kind| CacheKey::of(kind, &[catalog, uuid, version.unwrap_or_default()]);
    let ask = |platform: &mut _| call.ask(platform, requester.token);
    let period = requester.policy.freshness.file;
    let user = requester.user;
    let finding = match documents::get(platform, &key("file"), period, ask) {
        Got {
            finding: Finding::Found(file),
            asked,
        } if !entitlement.admits(user.issuer(), user.subject(), &file) => {
            let anew = |platform: &mut _| match asked {
                true => Finding::Found(file),
                false => call.ask(platform, requester.token),
            };
            documents::get(platform, &key("refused file"), AS_IF_ABSENT, anew).finding
        }
        got => got.finding,
    };
    refusal::document(finding, &FILE_UNKNOWN).map_err(|denial| denial.at(&RECORD))
}
