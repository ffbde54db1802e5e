//! Keepers: who has the bytes of files, and can be in trouble.

use super::refusal::{MIRROR_UNAVAILABLE, REPOSITORY_UNAVAILABLE};
use crate::denial::{Denial, Ground};

/// Who has the bytes of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeper {
    /// The mirror.
    Mirror,
    /// The repository of what is not mirrored.
    Repository,
}

impl Keeper {
    /// The ground for trouble that passes by itself.
    pub(super) fn unavailable(self) -> &'static Ground {
        match self {
            Self::Mirror => &MIRROR_UNAVAILABLE,
            Self::Repository => &REPOSITORY_UNAVAILABLE,
        }
    }

    /// The denial on that ground, because of what the keeper did, in words.
    pub(super) fn denial(self, ground: &'static Ground, did: &str) -> Denial {
        let name = match self {
            Self::Mirror => "the mirror",
            Self::Repository => "the repository",
        };
        Denial::from(ground).because(format!("{name} {did}"))
    }

    /// The denial when the keeper gave no answer.
    pub(super) fn silent(self) -> Denial {
        self.denial(self.unavailable(), "gave no answer")
    }
}
