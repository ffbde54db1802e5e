//! Outages: that the origin is in trouble is noted once for a whole data centre.
//!
//! While the note is there, whoever has a spare copy uses it at once, and one request at a time
//! tries again. A stale entitlement suspends revocation, so the note is made hard to get: only a
//! call for an entitlement or a record counts that found no connection, or waited its full time,
//! and it takes two subjects to make everybody use spares. One alone makes its own requests do so,
//! which each of them would come to anyway.

use azat_policy::Patience;

use super::patience;
use crate::credential::User;
use crate::platform::{CacheKey, Entry, Platform};

/// How many subjects must have met trouble before it is everybody's.
const SUBJECTS: usize = 2;

/// For how long the note outlives its period, in seconds: somebody has to try again first.
const CONTENDED_SECONDS: u64 = 60;

/// What is noted: the subjects who met trouble, as in the log.
#[derive(Debug, Default)]
pub(super) struct Outage {
    subjects: Vec<String>,
}

impl Outage {
    /// What is noted, if anything is.
    pub(super) fn noted(platform: &mut impl Platform) -> Option<Self> {
        let lines = String::from_utf8(platform.recall(&key())?).ok()?;
        let subjects: Vec<_> = lines.lines().map(str::to_owned).collect();
        (!subjects.is_empty()).then_some(Self { subjects })
    }

    /// Whether that user's requests are to use spare copies at once.
    pub(super) fn concerns(&self, user: &User) -> bool {
        self.subjects.len() >= SUBJECTS || self.subjects.contains(&name(user))
    }

    /// The lead of the one request that tries again.
    pub(super) fn contend<P: Platform>(platform: &mut P) -> Option<P::Lead> {
        platform.contend(&key())
    }

    /// Notes that a call of that user has failed: the one that tried again, if it has the lead.
    pub(super) fn note<P: Platform>(
        platform: &mut P,
        lead: Option<P::Lead>,
        user: &User,
        patience: Patience,
    ) {
        // Read again: others may have failed meanwhile.
        let mut noted = Self::noted(platform).unwrap_or_default();
        let name = name(user);
        if noted.subjects.len() < SUBJECTS && !noted.subjects.contains(&name) {
            noted.subjects.push(name);
        }
        let entry = noted.entry(patience::trouble_seconds(patience), CONTENDED_SECONDS);
        fill(platform, lead, entry);
    }

    /// Notes that the origin answers again.
    pub(super) fn over<P: Platform>(platform: &mut P, lead: Option<P::Lead>) {
        fill(platform, lead, Self::default().entry(1, 0));
    }

    fn entry(&self, seconds: u64, contended_seconds: u64) -> Entry {
        // A subject a line.
        let lines = self.subjects.join("\n");
        Entry {
            contended_seconds,
            ..Entry::new(lines.into_bytes(), seconds)
        }
    }
}

fn fill<P: Platform>(platform: &mut P, lead: Option<P::Lead>, entry: Entry) {
    match lead {
        Some(lead) => platform.insert(lead, entry),
        None => platform.keep(&key(), entry),
    }
}

fn key() -> CacheKey {
    CacheKey::of("outage", &[])
}

fn name(user: &User) -> String {
    user.cache_key().abbreviated().to_owned()
}

#[cfg(test)]
mod tests;
