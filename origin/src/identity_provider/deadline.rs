//! Until when an answer is to be there.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::fault::ProviderFault;

/// The end of an act: of all that one request of ours asks the provider. Its questions share what
/// is left until then.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Instant);

/// The deadline has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", Self::WHY)]
pub struct Late;

impl Late {
    /// What there is to say of it.
    pub const WHY: &str = "no answer in time";
}

impl From<Late> for ProviderFault {
    fn from(Late: Late) -> Self {
        Self::Unavailable(Late::WHY)
    }
}

impl Deadline {
    /// How long an act takes at most for whoever waits for it: less than the edge waits for our
    /// answer, so that it tells more than that there was none.
    pub const BUDGET: Duration = Duration::from_secs(7);

    /// The end of an act that begins now.
    pub fn of_an_act() -> Self {
        Self::after(Self::BUDGET)
    }

    /// The end of something that begins now and may take that long.
    pub(super) fn after(time: Duration) -> Self {
        Self(Instant::now() + time)
    }

    /// The end of what has to leave that much time for the rest.
    pub(super) fn leaving(self, rest: Duration) -> Self {
        Self(self.0.checked_sub(rest).unwrap_or(self.0))
    }

    /// Waits for an outcome until then, and drops it if it is late.
    ///
    /// # Errors
    /// [`Late`].
    pub async fn wait<T>(self, outcome: impl Future<Output = T>) -> Result<T, Late> {
        timeout_at(self.0, outcome).await.map_err(|_| Late)
    }
}

#[cfg(test)]
mod tests;
