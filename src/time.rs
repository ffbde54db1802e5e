//! Time as tokens and documents write it.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// Whole seconds since 1970-01-01T00:00:00Z, ignoring leap seconds (RFC 7519, `NumericDate`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixTime(u64);

impl UnixTime {
    /// The time that many seconds after the epoch.
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// What the system's clock says; the epoch when the clock stands before it.
    pub fn now() -> Self {
        let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Self(since_epoch.unwrap_or_default().as_secs())
    }

    /// Seconds since the epoch.
    pub const fn seconds(self) -> u64 {
        self.0
    }

    /// That many seconds later.
    #[must_use]
    pub const fn plus(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` until now; 0 when `earlier` lies ahead.
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// As in `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7); times after the year 9999 are
    /// written as its end.
    pub fn http_date(self) -> String {
        const END_OF_9999: u64 = 253_402_300_799;
        let since_epoch = Duration::from_secs(self.0.min(END_OF_9999));
        httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + since_epoch)
    }

    /// Reads such a date.
    pub fn from_http_date(text: &str) -> Option<Self> {
        let date = httpdate::parse_http_date(text).ok()?;
        let since_epoch = date.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        Some(Self(since_epoch.as_secs()))
    }
}

#[cfg(test)]
mod tests;
