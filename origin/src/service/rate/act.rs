//! What is counted, and how much of it is enough.

use std::time::Duration;

/// Something that a party may do a number of times at once, and after that as often as it is given
/// back: a token bucket.
pub(in crate::service) struct Act {
    /// Tells it from other acts.
    pub(in crate::service) name: &'static str,
    /// How often it may be done at once: at least once.
    pub(in crate::service) burst: u32,
    /// After what time once more is given back.
    pub(in crate::service) every: Duration,
}

/// How long it is until the act may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wait(Duration);

impl Wait {
    /// The whole seconds after which it is over: at least one.
    pub(super) fn seconds(self) -> u64 {
        let Self(wait) = self;
        wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
    }
}

impl Act {
    /// Does it once, for the party whose bucket was or will be full at `full_at`: of a bucket, a
    /// time is all that has to be known.
    pub(super) fn take(&self, full_at: &mut Duration, now: Duration) -> Result<(), Wait> {
        let full_again = (*full_at).max(now).saturating_add(self.every);
        let latest = now.saturating_add(self.every.saturating_mul(self.burst));
        match full_again.saturating_sub(latest) {
            Duration::ZERO => {
                *full_at = full_again;
                Ok(())
            }
            wait => Err(Wait(wait)),
        }
    }
}

#[cfg(test)]
mod tests;
