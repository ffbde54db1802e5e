//! Why a granted file is not delivered.

use super::keeper::Keeper;
use super::refusal::{ANSWER_WRONG, FILE_DIFFERS, FILE_ENCODED, FILE_MISSING, RANGES_IGNORED};
use super::unusable::Unusable;
use crate::denial::{Denial, RetryAfter};

/// Why a granted file is not delivered.
#[derive(Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// Whoever should have the file does not have the one that its record describes: the record may
    /// be old, and a new one may lead to it. If not, this is what the client is told.
    Contradicted(Denial),
    /// Another record would change nothing.
    Denied(Denial),
}

impl Undelivered {
    /// The keeper's answer could not be used; `retry_after` is what it says of when to come back.
    pub(super) fn unusable(
        keeper: Keeper,
        unusable: Unusable,
        retry_after: Option<RetryAfter>,
    ) -> Self {
        let because = |ground| keeper.denial(ground, unusable.as_str());
        Self::Denied(match unusable {
            Unusable::Contradicting(_) => return Self::Contradicted(because(&FILE_DIFFERS)),
            Unusable::Trouble => because(keeper.unavailable()).until(retry_after),
            Unusable::Encoded => because(&FILE_ENCODED),
            Unusable::IgnoringRanges => because(&RANGES_IGNORED),
            Unusable::Wrong(_) => because(&ANSWER_WRONG),
        })
    }

    /// The keeper does not have the file.
    pub(super) fn missing(keeper: Keeper) -> Self {
        Self::Contradicted(keeper.denial(&FILE_MISSING, "does not have the file"))
    }
}

impl From<Denial> for Undelivered {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}

impl From<Undelivered> for Denial {
    fn from(undelivered: Undelivered) -> Self {
        match undelivered {
            Undelivered::Contradicted(denial) | Undelivered::Denied(denial) => denial,
        }
    }
}

#[cfg(test)]
mod tests;
