//! The user gate: may this user read this file?

use super::service::ServicePass;
use super::session::Unrevoked;
use crate::contract::FileRecord;
use crate::denial::{Denial, Ground};
use crate::provenance::{Known, Provenance};
use crate::step::Step;

/// The file is public, or of a source that the user may read.
pub static STEP: Step = Step::new(
    "source",
    "the file is public, or of a source that the subject may read",
);

/// The file exists, but its source is not among those that the user may read.
pub static SOURCE_REFUSED: Ground = Ground::hidden("source_refused", &STEP).advising(
    "The file is there, but not public, and its `source` is not among the subject's `sources`: \
     `azat users import` changes them. The client is told what it is told of files that do not exist.",
);

/// Whether the file exists is not known: the origin is in trouble, and what is left does not let
/// this user have it.
pub static UNDECIDED: Ground = Ground::origin_unavailable(&STEP).logged_as("source_undecided");

/// The proof that a user may read a file. Delivery takes nothing else.
#[derive(Debug)]
pub struct Grant<'d> {
    file: &'d FileRecord,
}

/// Opens the gate when the file is public or its source is among those of the user's entitlement,
/// wherever both came from: each may be used as long as it is. But a file is refused on the
/// origin's own word alone.
///
/// # Errors
/// [`SOURCE_REFUSED`], also for somebody else's entitlement; [`UNDECIDED`].
pub fn open<'d>(
    _: ServicePass,
    unrevoked: &Unrevoked<'_>,
    file: &'d Known<FileRecord>,
) -> Result<Grant<'d>, Denial> {
    let Unrevoked { user, entitlement } = unrevoked;
    let Known {
        document: file,
        from,
    } = file;
    match (
        entitlement.admits(user.issuer(), user.subject(), file),
        from,
    ) {
        (true, _) => Ok(Grant { file }),
        (false, Provenance::Origin) => Err(Denial::from(&SOURCE_REFUSED)),
        (false, Provenance::Cache | Provenance::Spare) => Err(Denial::from(&UNDECIDED)),
    }
}

impl<'d> Grant<'d> {
    /// The file that may be read.
    pub fn file(&self) -> &'d FileRecord {
        self.file
    }
}

#[cfg(test)]
mod tests;
