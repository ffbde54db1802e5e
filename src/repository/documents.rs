//! The origin's documents: fetched once, kept for as long as they may be used.
//!
//! Concurrent requests for one document share one call ([`Platform::lookup`]). Every leader fills its
//! entry, with a short-lived note of the trouble if need be: a leader that went away without it would
//! make those who wait become leaders one after another.

use azat_policy::Period;
use http::{Request, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{CacheKey, Entitlement, FileRecord};
use crate::platform::{Entry, Lookup, Platform};
use crate::time::UnixTime;

/// For how long it is remembered that the origin does not have a document, in seconds: a file or a
/// user that has just been added appears after that.
const ABSENT_SECONDS: u64 = 5;

/// For how long the origin is left alone after trouble with it, in seconds.
const TROUBLE_SECONDS: u64 = 2;

/// A document of the origin.
pub trait Document: Serialize + DeserializeOwned {
    /// The reason in the origin's problem document when it does not have the document. A 404 without it
    /// is not the origin's word: something else may be answering in its place.
    const ABSENT: &'static str;

    /// The revision of the row it was made from.
    fn revision(&self) -> u64;
    /// Until when it may be used without asking again.
    fn fresh_until(&self) -> UnixTime;
    /// Until when it may be used while the origin cannot be reached.
    fn stale_until(&self) -> UnixTime;
}

macro_rules! document {
    ($name:ident, absent: $absent:literal) => {
        impl Document for $name {
            const ABSENT: &'static str = $absent;

            fn revision(&self) -> u64 {
                self.revision
            }
            fn fresh_until(&self) -> UnixTime {
                self.fresh_until
            }
            fn stale_until(&self) -> UnixTime {
                self.stale_until
            }
        }
    };
}

document!(Entitlement, absent: "session_missing");
document!(FileRecord, absent: "file_unknown");

/// Why there is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDocument {
    /// The origin does not have it.
    Absent,
    /// Nobody can say.
    Trouble(Trouble),
}

/// What keeps the edge from getting a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// There is no secret to sign the call with.
    NoSecret,
    /// The origin gave no answer.
    NoAnswer,
    /// The origin did not accept the call's signature.
    SignatureRefused,
    /// The origin does not believe the token that the edge believes.
    TokenRefused,
    /// The origin answered with another status.
    Status,
    /// The origin's answer is not such a document.
    Unreadable,
    /// Another request has been waiting for the origin for too long.
    Busy,
    /// What is at hand is too old to be used.
    Outdated,
}

impl Trouble {
    /// What happened, in words, for the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoSecret => "there is no good secret to sign calls with",
            Self::NoAnswer => "the origin gave no answer",
            Self::SignatureRefused => "the origin did not accept the edge's signature",
            Self::TokenRefused => "the origin does not believe the token",
            Self::Status => "the origin answered with an error",
            Self::Unreadable => "the origin's document cannot be read",
            Self::Busy => "the origin takes too long",
            Self::Outdated => "the document at hand is outdated",
        }
    }
}

/// What the cache keeps of a document.
#[derive(Serialize, Deserialize)]
enum Kept<D> {
    Found(Dated<D>),
    Absent,
    Trouble(Trouble),
}

/// A document, with the times until which the policy lets it be used.
#[derive(Serialize, Deserialize)]
struct Dated<D> {
    document: D,
    fresh_until: UnixTime,
    stale_until: UnixTime,
}

/// Gets the document of that key: from the cache, or with `call` from the origin. `call` yields
/// nothing when it cannot be signed.
///
/// # Errors
/// [`NoDocument`].
pub fn get<P: Platform, D: Document>(
    platform: &mut P,
    key: &CacheKey,
    period: Period,
    call: impl FnOnce(&mut P) -> Option<Request<()>>,
) -> Result<D, NoDocument> {
    let kept = match platform.lookup(key) {
        Lookup::Hit(content) => read(&content),
        Lookup::Busy => Kept::Trouble(Trouble::Busy),
        Lookup::Unavailable => ask(platform, call, period),
        Lookup::Lead(lead, stale) => {
            let answer = ask(platform, call, period);
            let now = platform.now();
            let kept = choose(answer, stale.map(|content| read(&content)), now);
            platform.insert(lead, entry(&kept, now));
            kept
        }
    };
    match kept {
        Kept::Found(dated) if dated.stale_until <= platform.now() => {
            Err(NoDocument::Trouble(Trouble::Outdated))
        }
        Kept::Found(dated) => Ok(dated.document),
        Kept::Absent => Err(NoDocument::Absent),
        Kept::Trouble(trouble) => Err(NoDocument::Trouble(trouble)),
    }
}

fn read<D: Document>(content: &[u8]) -> Kept<D> {
    serde_json::from_slice(content).unwrap_or(Kept::Trouble(Trouble::Unreadable))
}

/// Asks the origin.
fn ask<P: Platform, D: Document>(
    platform: &mut P,
    call: impl FnOnce(&mut P) -> Option<Request<()>>,
    period: Period,
) -> Kept<D> {
    let Some(call) = call(platform) else {
        return Kept::Trouble(Trouble::NoSecret);
    };
    match platform.ask_origin(call) {
        Ok(answer) => understand(&answer, period, platform.now()),
        Err(_) => Kept::Trouble(Trouble::NoAnswer),
    }
}

/// Reads the origin's answer, and cuts its times to what the policy allows.
fn understand<D: Document>(answer: &Response<Vec<u8>>, period: Period, now: UnixTime) -> Kept<D> {
    match answer.status() {
        StatusCode::OK => {}
        StatusCode::NOT_FOUND if reason(answer.body()) == Some(D::ABSENT) => return Kept::Absent,
        StatusCode::FORBIDDEN => return Kept::Trouble(Trouble::SignatureRefused),
        StatusCode::UNAUTHORIZED => return Kept::Trouble(Trouble::TokenRefused),
        _ => return Kept::Trouble(Trouble::Status),
    }
    let Ok(document) = serde_json::from_slice::<D>(answer.body()) else {
        return Kept::Trouble(Trouble::Unreadable);
    };
    let fresh_until = document
        .fresh_until()
        .min(now.plus(period.fresh_seconds.into()));
    let stale_until = document
        .stale_until()
        .min(fresh_until.plus(period.stale_seconds.into()));
    Kept::Found(Dated {
        document,
        fresh_until,
        stale_until,
    })
}

/// The reason in a problem document of the origin.
fn reason(body: &[u8]) -> Option<&str> {
    #[derive(Deserialize)]
    struct Problem<'b> {
        reason: &'b str,
    }
    serde_json::from_slice::<Problem<'_>>(body)
        .ok()
        .map(|problem| problem.reason)
}

/// Chooses between the origin's answer and a stale document: the answer, unless it is none, or older
/// than what is already known.
fn choose<D: Document>(answer: Kept<D>, stale: Option<Kept<D>>, now: UnixTime) -> Kept<D> {
    let stale = match stale {
        Some(Kept::Found(dated)) if dated.stale_until > now => dated,
        _ => return answer,
    };
    match answer {
        Kept::Trouble(_) => Kept::Found(stale),
        Kept::Found(new) if new.document.revision() < stale.document.revision() => {
            Kept::Found(stale)
        }
        answer => answer,
    }
}

/// The entry that keeps it, for what is left of its times.
fn entry<D: Document>(kept: &Kept<D>, now: UnixTime) -> Entry {
    let (fresh_seconds, stale_seconds) = match kept {
        Kept::Found(dated) => {
            let fresh = match dated.fresh_until.since(now) {
                // Kept although stale means trouble: leave the origin alone for a moment.
                0 => TROUBLE_SECONDS,
                seconds => seconds,
            };
            (fresh, dated.stale_until.since(now.plus(fresh)))
        }
        Kept::Absent => (ABSENT_SECONDS, 0),
        Kept::Trouble(_) => (TROUBLE_SECONDS, 0),
    };
    Entry {
        // Strings, numbers and string-keyed members: none of serde_json's failures can occur.
        content: serde_json::to_vec(kept).unwrap_or_default(),
        fresh_seconds,
        stale_seconds,
    }
}

#[cfg(test)]
mod tests;
