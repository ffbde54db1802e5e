//! The buckets of many parties, in bounded memory.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::time::Duration;

use super::act::{Act, Wait};

/// How long buckets that are full again may stay: looking for them takes a look at all.
const PAUSE: Duration = Duration::from_secs(1);

/// When the buckets of parties are full again. A bucket that is full is like none.
pub(super) struct Buckets {
    /// By act and party, of which only this number is kept: it is short, and nobody can choose it.
    full_at: HashMap<u64, Duration>,
    numbers: RandomState,
    capacity: usize,
    /// When it was last looked for those that are full again.
    cleared: Option<Duration>,
    /// By act: of all for whom there is no room.
    shared: BTreeMap<&'static str, Duration>,
}

impl Buckets {
    /// None, with room for so many.
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            full_at: HashMap::new(),
            numbers: RandomState::new(),
            capacity,
            cleared: None,
            shared: BTreeMap::new(),
        }
    }

    /// Lets a party do something once. Those for whom there is no room have one bucket together.
    pub(super) fn take(&mut self, act: &Act, party: &impl Hash, now: Duration) -> Result<(), Wait> {
        let number = self.numbers.hash_one((act.name, party));
        if !self.full_at.contains_key(&number) && !self.has_room(now) {
            return act.take(self.shared.entry(act.name).or_default(), now);
        }
        act.take(self.full_at.entry(number).or_default(), now)
    }

    /// Whether there is room for one more, after some are forgotten if need be.
    fn has_room(&mut self, now: Duration) -> bool {
        let may_clear = self.cleared.is_none_or(|cleared| now >= cleared + PAUSE);
        if self.full_at.len() >= self.capacity && may_clear {
            self.full_at.retain(|_, full_at| *full_at > now);
            self.cleared = Some(now);
        }
        self.full_at.len() < self.capacity
    }
}

#[cfg(test)]
mod tests;
