//! The keys that the provider signs ID tokens with, as far as we know them, and when to fetch them.

use std::time::Duration;

use jsonwebtoken::DecodingKey;
use tokio::time::Instant;

use super::fault::ProviderFault;
use super::jwk_set::UsableKeys;

/// How long keys are used without being fetched anew.
const FRESH: Duration = Duration::from_secs(3_600);
/// How long they are used at most, while they cannot be fetched. After that, one that was withdrawn
/// might still be believed.
const USABLE: Duration = Duration::from_secs(24 * 3_600);
/// For how long after a fetch an unknown `kid` does not cause another.
const PAUSE_AFTER_FETCH: Duration = Duration::from_secs(30);
/// For how long after a fetch that failed nothing causes another.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(10);

/// The keys that were fetched last, and when a fetch last failed. None of it looks at a clock.
#[derive(Default)]
pub(super) struct KeySet {
    good: Option<Good>,
    failed: Option<Instant>,
}

struct Good {
    keys: UsableKeys,
    fetched: Instant,
}

/// What to do for somebody who needs a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Advice {
    /// It is there.
    Use,
    /// It is there, but old. Nobody has to wait for the fetch.
    UseAndFetch,
    /// Only a fetch may help.
    Fetch,
    /// Not even a fetch helps now.
    GiveUp(ProviderFault),
}

impl KeySet {
    /// What to do for somebody who needs the key of that `kid`, or any at all.
    pub(super) fn advice(&self, kid: Option<&str>, now: Instant) -> Advice {
        let pausing =
            (self.failed).is_some_and(|failed| now.duration_since(failed) < PAUSE_AFTER_FAILURE);
        let good = self.good.as_ref().map(|good| {
            let age = now.duration_since(good.fetched);
            (age, kid.is_none_or(|kid| good.keys.contains_key(kid)))
        });
        match good {
            Some((age, true)) if age < FRESH || (age < USABLE && pausing) => Advice::Use,
            Some((age, true)) if age < USABLE => Advice::UseAndFetch,
            Some((age, false)) if age < PAUSE_AFTER_FETCH => Advice::GiveUp(UNKNOWN_KID),
            _ if pausing => Advice::GiveUp(FAILED),
            _ => Advice::Fetch,
        }
    }

    /// The key of that `kid`.
    ///
    /// # Errors
    /// `Refused` when there is none.
    pub(super) fn key(&self, kid: &str) -> Result<DecodingKey, ProviderFault> {
        let keys = self.good.as_ref().map(|good| &good.keys);
        let key = keys.and_then(|keys| keys.get(kid));
        key.cloned().ok_or(UNKNOWN_KID)
    }

    /// Takes what came of a fetch. If it failed, the keys of the last one stay.
    pub(super) fn take(&mut self, fetched: Result<UsableKeys, ProviderFault>, now: Instant) {
        match fetched {
            Ok(keys) => {
                let fetched = now;
                self.good = Some(Good { keys, fetched });
                self.failed = None;
            }
            Err(_) => self.failed = Some(now),
        }
    }
}

const UNKNOWN_KID: ProviderFault = ProviderFault::Refused("no key has the ID token's kid");
const FAILED: ProviderFault = ProviderFault::Unavailable("its keys were not to be had just now");

#[cfg(test)]
mod tests;
