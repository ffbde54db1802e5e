//! Which AZATs of a subject are good: revocation by counting.

use azat_edge::time::UnixTime;
use serde::{Deserialize, Serialize};

/// AZATs are counted from 0 for each subject, and `jti` is an AZAT's number. Those from `minimum`
/// on are good; `maximum` is the number that the next one gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JtiWindow {
    minimum: u64,
    maximum: u64,
    not_before: UnixTime,
    revocations: u64,
}

impl JtiWindow {
    /// The window of a subject who has no AZAT yet.
    pub const EMPTY: Self = Self {
        minimum: 0,
        maximum: 0,
        not_before: UnixTime::from_seconds(0),
        revocations: 0,
    };

    /// Counts one more AZAT, and gives its number.
    pub fn count(&mut self) -> u64 {
        let jti = self.maximum;
        self.maximum = jti.saturating_add(1);
        jti
    }

    /// Refuses all AZATs counted so far, and those issued before `now` that were never counted.
    pub fn revoke(&mut self, now: UnixTime) {
        self.minimum = self.maximum;
        self.not_before = now;
        self.revocations = self.revocations.saturating_add(1);
    }

    /// Whether an otherwise good AZAT with this `jti`, issued then, is still good. One without a
    /// `jti` was not counted, and is refused once any that was counted has been refused.
    pub fn admits(&self, jti: Option<u64>, issued: UnixTime) -> bool {
        let counted = match jti {
            Some(jti) => (self.minimum..self.maximum).contains(&jti),
            None => self.minimum == 0,
        };
        counted && issued >= self.not_before
    }

    /// The numbers that are good: from the first up to, but without, the second.
    pub fn bounds(&self) -> (u64, u64) {
        (self.minimum, self.maximum)
    }

    /// When an AZAT must have been issued at the earliest; the epoch before any revocation.
    pub fn not_before(&self) -> UnixTime {
        self.not_before
    }

    /// How often the window has changed.
    pub fn changes(&self) -> u64 {
        self.maximum.saturating_add(self.revocations)
    }
}

#[cfg(test)]
mod tests;
