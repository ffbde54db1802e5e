//! The origin's documents: fetched once, kept for as long as they may be used.
//!
//! There are two copies of each. The *shared* one is fresh: concurrent requests for it have one leader,
//! who asks the origin, and the others wait ([`Platform::lookup`]). The *spare* one lives longer and is
//! only read by a leader whom the origin gives no usable answer. So as long as the origin answers,
//! nobody gets anything stale, however many ask at once.
//!
//! Every leader fills the shared copy, with a short-lived note of the trouble if need be: a leader that
//! went away without it would make those who wait become leaders one after another.

use azat_policy::Period;
use http::{Request, Response, StatusCode};
use serde::{Deserialize, Serialize};

use crate::contract::Document;
use crate::platform::{CacheKey, Entry, Lookup, Platform};
use crate::time::UnixTime;

/// For how long it is remembered that the origin does not have a document, in seconds: a file or a
/// user that has just been added appears after that.
pub const ABSENT_SECONDS: u32 = 5;

/// For how long the origin is left alone after trouble with it, in seconds.
const TROUBLE_SECONDS: u64 = 2;

/// What a cache keeps about a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept<D> {
    /// The document.
    Found(D),
    /// The origin does not have it.
    Absent,
    /// The origin had it, and the identity provider has ended it.
    Revoked,
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
    /// The origin has taken the token back.
    TokenRevoked,
    /// The origin has no row for the token's subject any more.
    SessionMissing,
    /// The origin cannot reach the identity provider.
    IdentityProvider,
    /// The origin answered with another status.
    Status,
    /// The origin's answer is not such a document.
    Unreadable,
    /// Another request has been waiting for the origin for too long.
    Busy,
}

impl Trouble {
    /// Whether it is about the token of one request, and says nothing to others.
    fn is_the_tokens(self) -> bool {
        matches!(
            self,
            Self::TokenRefused | Self::TokenRevoked | Self::SessionMissing
        )
    }

    /// What happened, in words, for the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoSecret => "there is no good secret to sign calls with",
            Self::NoAnswer => "the origin gave no answer",
            Self::SignatureRefused => "the origin did not accept the edge's signature",
            Self::TokenRefused => "the origin does not believe the token",
            Self::SessionMissing => "the origin does not know the user any more",
            Self::TokenRevoked => "the origin has taken the token back",
            Self::IdentityProvider => "the origin cannot reach the identity provider",
            Self::Status => "the origin answered with an error",
            Self::Unreadable => "the origin's document cannot be read",
            Self::Busy => "the origin takes too long",
        }
    }
}

/// A document as it was got.
pub struct Got<D> {
    /// The document, or why there is none.
    pub kept: Kept<D>,
    /// Whether the origin was asked for it just now.
    pub asked: bool,
}

/// Gets the document of that key: the shared copy, or what `ask` yields.
pub fn get<P: Platform, D: Document>(
    platform: &mut P,
    key: &CacheKey,
    period: Period,
    ask: impl FnOnce(&mut P) -> Kept<D>,
) -> Got<D> {
    let lead = match platform.lookup(key) {
        Lookup::Hit(content) => match read(&content) {
            Some(kept) => return Got { kept, asked: false },
            None => None,
        },
        Lookup::Busy => {
            let kept = Kept::Trouble(Trouble::Busy);
            return Got { kept, asked: false };
        }
        Lookup::Lead(lead) => Some(lead),
        Lookup::Unavailable => None,
    };
    let answer = ask(platform);
    let kept = match lead {
        None => answer,
        Some(lead) => share(platform, key, period, lead, answer),
    };
    Got { kept, asked: true }
}

/// Shares an answer with those who wait for it and those to come, and yields what they get.
fn share<P: Platform, D: Document>(
    platform: &mut P,
    key: &CacheKey,
    period: Period,
    lead: P::Lead,
    answer: Kept<D>,
) -> Kept<D> {
    let now = platform.now();
    let (kept, seconds) = match answer {
        Kept::Trouble(trouble) if trouble.is_the_tokens() => {
            if D::PERSONAL && trouble != Trouble::TokenRefused {
                // In place of the spare copy, as below.
                platform.keep(
                    &key.spare(),
                    entry::<D>(&Kept::Absent, ABSENT_SECONDS.into()),
                );
            }
            platform.release(lead);
            return answer;
        }
        Kept::Trouble(_) => match spare(platform, key, now) {
            Some((document, seconds)) => (Kept::Found(document), seconds.min(TROUBLE_SECONDS)),
            None => (answer, TROUBLE_SECONDS),
        },
        Kept::Absent | Kept::Revoked => {
            let seconds = ABSENT_SECONDS.into();
            // In place of the spare copy: trouble must not bring back what the origin took away.
            platform.keep(&key.spare(), entry(&answer, seconds));
            (answer, seconds)
        }
        Kept::Found(document) => {
            let (fresh_until, stale_until) = document.until();
            let fresh_until = fresh_until.min(now.plus(period.fresh_seconds.into()));
            let stale_until = stale_until.min(fresh_until.plus(period.stale_seconds.into()));
            let kept = Kept::Found(document.lasting(fresh_until, stale_until));
            platform.keep(&key.spare(), entry(&kept, stale_until.since(now)));
            (kept, fresh_until.since(now))
        }
    };
    platform.insert(lead, entry(&kept, seconds));
    kept
}

/// The spare copy, and for how many seconds it may still be used.
fn spare<D: Document>(
    platform: &mut impl Platform,
    key: &CacheKey,
    now: UnixTime,
) -> Option<(D, u64)> {
    let Kept::Found(document) = read::<D>(&platform.recall(&key.spare())?)? else {
        return None;
    };
    let (_, stale_until) = document.until();
    let seconds = stale_until.since(now);
    (seconds > 0).then_some((document, seconds))
}

fn read<D: Document>(content: &[u8]) -> Option<Kept<D>> {
    serde_json::from_slice(content).ok()
}

fn entry<D: Document>(kept: &Kept<D>, seconds: u64) -> Entry {
    Entry {
        // Strings, numbers and string-keyed members: none of serde_json's failures can occur.
        content: serde_json::to_vec(kept).unwrap_or_default(),
        seconds,
        sensitive: D::SENSITIVE,
    }
}

/// Puts a document in place of the shared copy, which has turned out to be of no use.
pub fn replace<D: Document>(platform: &mut impl Platform, key: &CacheKey, document: D) {
    let seconds = document.until().0.since(platform.now());
    platform.keep(key, entry(&Kept::Found(document), seconds));
}

/// Asks the origin. `call` is nothing when it cannot be signed.
pub fn ask<D: Document>(platform: &mut impl Platform, call: Option<Request<()>>) -> Kept<D> {
    let Some(call) = call else {
        return Kept::Trouble(Trouble::NoSecret);
    };
    match platform.ask_origin(call) {
        Ok(answer) => understand(&answer),
        Err(_) => Kept::Trouble(Trouble::NoAnswer),
    }
}

fn understand<D: Document>(answer: &Response<Vec<u8>>) -> Kept<D> {
    match answer.status() {
        StatusCode::OK => match serde_json::from_slice(answer.body()) {
            Ok(document) => Kept::Found(document),
            Err(_) => Kept::Trouble(Trouble::Unreadable),
        },
        status => match (status.as_u16(), reason(answer.body())) {
            (404, Some(reason)) if reason == D::ABSENT => Kept::Absent,
            (404, Some("session_missing")) => Kept::Trouble(Trouble::SessionMissing),
            (410, Some("session_revoked")) => Kept::Revoked,
            (401, Some("token_revoked")) => Kept::Trouble(Trouble::TokenRevoked),
            (503, Some("identity_provider_unavailable")) => {
                Kept::Trouble(Trouble::IdentityProvider)
            }
            (401, _) => Kept::Trouble(Trouble::TokenRefused),
            (403, _) => Kept::Trouble(Trouble::SignatureRefused),
            _ => Kept::Trouble(Trouble::Status),
        },
    }
}

/// The reason in a problem document of the origin.
fn reason(body: &[u8]) -> Option<&str> {
    #[derive(Deserialize)]
    struct Problem<'b> {
        reason: &'b str,
    }
    (serde_json::from_slice::<Problem<'_>>(body).ok()).map(|problem| problem.reason)
}

#[cfg(test)]
mod tests;
