//! Findings: what is known of a document, and what is kept of that.

use azat_policy::Period;
use serde::{Deserialize, Serialize};

use super::trouble::Trouble;
use crate::contract::Document;
use crate::platform::Entry;
use crate::provenance::Provenance;
use crate::time::UnixTime;

/// For how long what the origin has said counts as said just now, in seconds: a file or a user that
/// has just been added appears after that.
pub(super) const JUST_NOW_SECONDS: u64 = 5;

/// For how long it is remembered that there is no document, in seconds, at most. It stands in the
/// place of what was there before, and of what a stranger might tell from it.
const ABSENT_SECONDS: u64 = 86_400;

/// What is known of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Got<'f, D> {
    /// The document, or why there is none.
    pub(super) finding: Finding<&'f D>,
    /// Where that came from.
    pub(super) from: Provenance,
    /// The trouble because of which it is a spare.
    pub(super) trouble: Option<Trouble>,
}

/// A finding as it is kept. It is held to its own times, whatever the cache makes of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept<D> {
    said: Said,
    /// The document that was found; or what stands in for one, so that "there is none" takes as
    /// long to read.
    document: Option<D>,
    asked_at: UnixTime,
    fresh_until: UnixTime,
    stale_until: UnixTime,
}

/// What was said of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Said {
    Found,
    Absent,
    Revoked,
    Trouble(Trouble),
}

impl<D: Document> Kept<D> {
    /// What the origin has just said, for as long as itself and the policy let it be used.
    pub(super) fn of(finding: Finding<D>, period: Period, now: UnixTime) -> Self {
        let fresh_until = now.plus(period.fresh_seconds.into());
        let stale_until = |fresh_until: UnixTime| fresh_until.plus(period.stale_seconds.into());
        let none = |said, document| Self {
            said,
            document,
            asked_at: now,
            fresh_until: now.plus(JUST_NOW_SECONDS),
            stale_until: stale_until(fresh_until).min(now.plus(ABSENT_SECONDS)),
        };
        match finding {
            Finding::Found(document) => {
                let (fresh, stale) = document.until();
                let fresh_until = fresh_until.min(fresh);
                Self {
                    said: Said::Found,
                    document: Some(document),
                    asked_at: now,
                    fresh_until,
                    stale_until: stale_until(fresh_until).min(stale),
                }
            }
            Finding::Absent => none(Said::Absent, D::stand_in()),
            Finding::Revoked => none(Said::Revoked, None),
            Finding::Trouble(trouble) => Self::trouble(trouble, now, 0),
        }
    }

    /// That the copy is outdated, as the origin's word against a token has shown. It stands in the
    /// copy's place, and answers nothing: what the origin says to others is for them to hear.
    pub(super) fn outdated(period: Period, now: UnixTime) -> Self {
        Self {
            fresh_until: now,
            ..Self::of(Finding::Absent, period, now)
        }
    }

    /// Trouble, which is remembered for that many seconds.
    pub(super) fn trouble(trouble: Trouble, now: UnixTime, seconds: u64) -> Self {
        let until = now.plus(seconds);
        Self {
            said: Said::Trouble(trouble),
            document: None,
            asked_at: now,
            fresh_until: until,
            stale_until: until,
        }
    }

    /// Reads what a cache had.
    pub(super) fn read(content: &[u8]) -> Option<Self> {
        serde_json::from_slice(content).ok()
    }

    /// Whether it may be used without asking the origin.
    pub(super) fn is_fresh(&self, now: UnixTime) -> bool {
        now < self.fresh_until
    }

    /// Whether it may be told to whoever waited for it.
    pub(super) fn is_news(&self, now: UnixTime) -> bool {
        self.is_fresh(now) || now.since(self.asked_at) <= 1
    }

    /// Whether it may be used, if only while the origin is in trouble.
    pub(super) fn is_of_use(&self, now: UnixTime) -> bool {
        self.is_fresh(now) || now < self.stale_until
    }

    /// The entry of the copy that all requests share: fresh first, and then a spare. However short
    /// its time, it is there for as long as it is news.
    pub(super) fn copy(&self) -> Entry {
        let seconds = self.stale_until.max(self.fresh_until).since(self.asked_at);
        self.entry(seconds.max(JUST_NOW_SECONDS))
    }

    /// The entry for those who have asked at the same time.
    pub(super) fn answer(&self) -> Entry {
        let fresh = self.fresh_until.since(self.asked_at);
        self.entry(match self.said {
            Said::Trouble(_) => fresh,
            // Those who wait for it hear it, however short its time.
            _ => fresh.clamp(1, JUST_NOW_SECONDS),
        })
    }

    fn entry(&self, seconds: u64) -> Entry {
        // Strings, numbers and string-keyed members: none of serde_json's failures can occur.
        let content = serde_json::to_vec(self).unwrap_or_default();
        Entry {
            sensitive: D::SENSITIVE,
            ..Entry::new(content, seconds)
        }
    }

    /// The finding.
    pub(super) fn finding(&self) -> Finding<&D> {
        match (self.said, &self.document) {
            (Said::Found, Some(document)) => Finding::Found(document),
            (Said::Found | Said::Absent, _) => Finding::Absent,
            (Said::Revoked, _) => Finding::Revoked,
            (Said::Trouble(trouble), _) => Finding::Trouble(trouble),
        }
    }

    /// Where it comes from by now.
    pub(super) fn from(&self, now: UnixTime) -> Provenance {
        match () {
            () if !self.is_fresh(now) => Provenance::Spare,
            () if now.since(self.asked_at) < JUST_NOW_SECONDS => Provenance::Origin,
            () => Provenance::Cache,
        }
    }

    /// The trouble that it is.
    pub(super) fn as_trouble(&self) -> Option<Trouble> {
        match self.said {
            Said::Trouble(trouble) => Some(trouble),
            _ => None,
        }
    }

    /// The document, if it has one.
    pub(super) fn document(&self) -> Option<&D> {
        match self.finding() {
            Finding::Found(document) => Some(document),
            _ => None,
        }
    }
}
