//! `Retry-After` (RFC 9110, 10.2.3): when a client comes back.

use http::HeaderMap;
use http::header::RETRY_AFTER;
use serde::{Deserialize, Serialize};

use crate::time::UnixTime;

/// The least number of seconds after which a client comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RetryAfter(u32);

/// As long as the command line of Azul's users waits between its 15 retries.
impl Default for RetryAfter {
    fn default() -> Self {
        Self(10)
    }
}

impl RetryAfter {
    /// The longest that an upstream can make clients wait. Spread out, this comes to two minutes,
    /// after which a user begins to think that nothing happens any more.
    const LONGEST: u32 = 80;

    /// What an upstream's answer says of it, in seconds or as a date.
    pub fn told_by(headers: &HeaderMap, now: UnixTime) -> Option<Self> {
        let told = headers.get(RETRY_AFTER)?.to_str().ok()?;
        let is_number = !told.is_empty() && told.bytes().all(|b| b.is_ascii_digit());
        let seconds = match is_number {
            // No number of digits is too long to be understood as long.
            true => told.parse().unwrap_or(u64::MAX),
            false => UnixTime::from_http_date(told)?.since(now),
        };
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
        Some(Self(seconds.clamp(1, Self::LONGEST)))
    }

    /// The seconds to tell one client, up to half as many more: those who were sent away together
    /// do not come back together. `random` is any number.
    pub fn spread(self, random: u32) -> u32 {
        let Self(least) = self;
        let most = least.div_ceil(2);
        least + random % (most + 1)
    }
}

#[cfg(test)]
mod tests;
