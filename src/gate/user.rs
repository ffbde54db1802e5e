//! The user gate: may this user read this file?

use crate::contract::{Entitlement, FileRecord};
use crate::denial::Denial;
use crate::principal::Principal;

/// The proof that a user may read a file. Delivery takes nothing else.
pub struct Grant<'d> {
    file: &'d FileRecord,
}

impl<'d> Grant<'d> {
    /// Opens the gate when the file is public or its source is among those of the user's entitlement.
    ///
    /// # Errors
    /// [`Denial::SourceRefused`], also for an entitlement that is another's.
    pub fn decide(
        user: &Principal,
        entitlement: &Entitlement,
        file: &'d FileRecord,
    ) -> Result<Self, Denial> {
        let own = entitlement.issuer == user.issuer && entitlement.subject == user.subject;
        let entitled = own && (file.public || entitlement.sources.contains(&file.source));
        if !entitled {
            return Err(Denial::SourceRefused);
        }
        Ok(Self { file })
    }

    /// The file that may be read.
    pub fn file(&self) -> &'d FileRecord {
        self.file
    }
}
