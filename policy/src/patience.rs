//! Patience: how long the edge waits for the origin's documents.

use serde::{Deserialize, Serialize};

/// How long the edge waits for a document, in milliseconds, whatever the backend's own limits are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patience {
    /// Where a copy that may still be used is at hand.
    pub with_spare_ms: u32,
    /// Where there is none.
    pub without_spare_ms: u32,
}

impl Patience {
    /// The platform ends a request after two minutes, and a client is gone before that.
    const MAXIMUM_MS: u32 = 30_000;

    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// # Errors
    /// The member at fault, and what was expected.
    pub(crate) fn check(self) -> Result<(), (&'static str, String)> {
        let expected =
            |least: u32| format!("expected {least} to {} milliseconds", Self::MAXIMUM_MS);
        let is_between = |least, own| (least..=Self::MAXIMUM_MS).contains(&own);
        if !is_between(1, self.with_spare_ms) {
            return Err(("with_spare_ms", expected(1)));
        }
        if !is_between(self.with_spare_ms, self.without_spare_ms) {
            return Err(("without_spare_ms", expected(self.with_spare_ms)));
        }
        Ok(())
    }
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            with_spare_ms: 1_000,
            without_spare_ms: 8_000,
        }
    }
}
