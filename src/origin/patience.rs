//! Patience: how long the edge waits for the origin, whatever its backend's own limits are. The
//! policy has two numbers, and all others follow from them.

use std::time::Duration;

use azat_policy::Patience;

use crate::platform::Platform;

/// How much longer a request without a spare copy waits for another's answer than that one waits
/// for the origin.
const MARGIN: Duration = Duration::from_millis(250);

/// For how long trouble is remembered at least, in seconds.
const TROUBLE_SECONDS: u64 = 2;

/// How long to wait for the origin.
pub(super) fn with_origin(patience: Patience, has_spare: bool) -> Duration {
    let milliseconds = match has_spare {
        true => patience.with_spare_ms,
        false => patience.without_spare_ms,
    };
    Duration::from_millis(milliseconds.into())
}

/// How long to wait for another request that is asking the origin.
pub(super) fn with_leader(patience: Patience, has_spare: bool) -> Duration {
    let own = with_origin(patience, has_spare);
    match has_spare {
        true => own,
        false => own + MARGIN,
    }
}

/// For how long an outage is noted, in seconds: as long as the longest wait, at least. Otherwise it
/// would be over when those who wait find out.
pub(super) fn trouble_seconds(patience: Patience) -> u64 {
    let longest = u64::from(patience.without_spare_ms).div_ceil(1000);
    longest.max(TROUBLE_SECONDS)
}

/// For how long trouble with one document is remembered that was found out after such a wait, in
/// seconds.
pub(super) fn trouble_seconds_after(waited: Duration) -> u64 {
    waited.as_secs().max(TROUBLE_SECONDS)
}

/// The pauses between two looks at what is under way: short at first, so that a quick answer is not
/// kept waiting; then longer, since each look costs.
pub(super) struct Pauses(Duration);

impl Pauses {
    const LONGEST: Duration = Duration::from_millis(5);

    pub(super) fn new() -> Self {
        Self(Duration::from_micros(100))
    }

    /// Makes one.
    pub(super) fn pause(&mut self, platform: &mut impl Platform) {
        platform.pause(self.0);
        self.0 = (self.0 * 3 / 2).min(Self::LONGEST);
    }
}
