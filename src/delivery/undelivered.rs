//! Why a granted file is not delivered.

use super::refusal::RANGES_IGNORED;
use super::unusable::Unusable;
use crate::denial::{Denial, Ground};

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
    /// An upstream's answer could not be used; `unavailable` is what is said of that upstream where
    /// there is no other reason.
    pub(super) fn unusable(unusable: Unusable, unavailable: &'static Ground) -> Self {
        let because = |ground: &'static Ground| Denial::from(ground).because(unusable.as_str());
        match unusable {
            Unusable::Contradicting(_) => Self::Contradicted(because(unavailable)),
            Unusable::IgnoringRanges => Self::Denied(because(&RANGES_IGNORED)),
            Unusable::Encoded | Unusable::Wrong(_) => Self::Denied(because(unavailable)),
        }
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
