//! The origin's documents: fetched once, kept for as long as they may be used.
//!
//! There are two copies of each. The *shared* one is fresh: concurrent requests for it have one
//! leader, who asks the origin, and the others wait ([`Platform::lookup`]). The *spare* one lives
//! longer and is only read by a leader to whom the origin gives no usable answer. So as long as the
//! origin answers, nobody gets anything stale, however many ask at once.
//!
//! Every leader fills the shared copy, with a short-lived note of the trouble if need be: if a
//! leader went away without doing so, those who wait would become leaders one after another.

use azat_policy::Period;
use serde::{Deserialize, Serialize};

use super::trouble::Trouble;
use crate::contract::Document;
use crate::platform::{CacheKey, Entry, Lookup, Platform};
use crate::time::UnixTime;

/// For how long it is remembered that the origin does not have a document, in seconds: a file or a
/// user that has just been added appears after that.
pub(super) const ABSENT_SECONDS: u32 = 5;

/// For how long the origin is left alone after trouble with it, in seconds.
const TROUBLE_SECONDS: u64 = 2;

/// What is known of a document: from the origin, or from a cache that keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Finding<D> {
    /// The document.
    Found(D),
    /// The origin does not have it.
    Absent,
    /// The origin had it, and the identity provider has ended it.
    Revoked,
    /// It is not known, because of this trouble.
    Trouble(Trouble),
}

/// What came of getting a document.
pub(super) struct Got<D> {
    /// The document, or why there is none.
    pub finding: Finding<D>,
    /// Whether the origin was asked for it just now.
    pub asked: bool,
}

/// Gets the document of that key: the shared copy, or what `ask` yields.
pub(super) fn get<P: Platform, D: Document>(
    platform: &mut P,
    key: &CacheKey,
    period: Period,
    ask: impl FnOnce(&mut P) -> Finding<D>,
) -> Got<D> {
    let lead = match platform.lookup(key) {
        Lookup::Hit(content) => match read(&content) {
            Some(finding) => {
                return Got {
                    finding,
                    asked: false,
                };
            }
            None => None,
        },
        Lookup::Busy => {
            return Got {
                finding: Finding::Trouble(Trouble::Busy),
                asked: false,
            };
        }
        Lookup::Lead(lead) => Some(lead),
        Lookup::Unavailable => None,
    };
    let answer = ask(platform);
    let finding = match lead {
        None => answer,
        Some(lead) => share(platform, key, period, lead, answer),
    };
    Got {
        finding,
        asked: true,
    }
}

/// Shares an answer with those who wait for it and those to come, and yields what they get.
fn share<P: Platform, D: Document>(
    platform: &mut P,
    key: &CacheKey,
    period: Period,
    lead: P::Lead,
    answer: Finding<D>,
) -> Finding<D> {
    let now = platform.now();
    let (finding, seconds) = match answer {
        Finding::Trouble(trouble) if trouble.is_the_tokens() => {
            if D::PERSONAL && trouble != Trouble::TokenRefused {
                // In place of the spare copy, as below.
                platform.keep(
                    &key.spare(),
                    entry::<D>(&Finding::Absent, ABSENT_SECONDS.into()),
                );
            }
            platform.release(lead);
            return answer;
        }
        Finding::Trouble(_) => match spare(platform, key, now) {
            Some((document, seconds)) => (Finding::Found(document), seconds.min(TROUBLE_SECONDS)),
            None => (answer, TROUBLE_SECONDS),
        },
        Finding::Absent | Finding::Revoked => {
            let seconds = ABSENT_SECONDS.into();
            // In place of the spare copy: trouble must not bring back what the origin took away.
            platform.keep(&key.spare(), entry(&answer, seconds));
            (answer, seconds)
        }
        Finding::Found(document) => {
            let (fresh_until, stale_until) = document.until();
            let fresh_until = fresh_until.min(now.plus(period.fresh_seconds.into()));
            let stale_until = stale_until.min(fresh_until.plus(period.stale_seconds.into()));
            let finding = Finding::Found(document.lasting(fresh_until, stale_until));
            platform.keep(&key.spare(), entry(&finding, stale_until.since(now)));
            (finding, fresh_until.since(now))
        }
    };
    platform.insert(lead, entry(&finding, seconds));
    finding
}

/// The spare copy, and for how many seconds it may still be used.
fn spare<D: Document>(
    platform: &mut impl Platform,
    key: &CacheKey,
    now: UnixTime,
) -> Option<(D, u64)> {
    let Finding::Found(document) = read::<D>(&platform.recall(&key.spare())?)? else {
        return None;
    };
    let (_, stale_until) = document.until();
    let seconds = stale_until.since(now);
    (seconds > 0).then_some((document, seconds))
}

fn read<D: Document>(content: &[u8]) -> Option<Finding<D>> {
    serde_json::from_slice(content).ok()
}

fn entry<D: Document>(finding: &Finding<D>, seconds: u64) -> Entry {
    Entry {
        // Strings, numbers and string-keyed members: none of serde_json's failures can occur.
        content: serde_json::to_vec(finding).unwrap_or_default(),
        seconds,
        sensitive: D::SENSITIVE,
    }
}

/// Puts a document in place of the shared copy, which has turned out to be of no use.
pub(super) fn replace<D: Document>(platform: &mut impl Platform, key: &CacheKey, document: D) {
    let seconds = document.until().0.since(platform.now());
    platform.keep(key, entry(&Finding::Found(document), seconds));
}

#[cfg(test)]
mod tests;
