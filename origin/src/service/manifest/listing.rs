//! The files of a manifest, as its reader may read them now.

use crate::manifest::{Manifest, Reader};
use crate::service::origin::Origin;
use crate::service::refusal::Refusal;
use crate::store::{Listing, Readable, Selection};

impl Origin {
    /// The list of a manifest's files, from its beginning.
    pub(super) fn listing(&self, manifest: &Manifest) -> Result<Listing, Refusal> {
        let readable = match &manifest.reader {
            Reader::Operator => Readable::Everything,
            Reader::Anyone => Readable::PublicAnd(Default::default()),
            Reader::User(subject) => {
                let user = self.store.user(subject)?;
                Readable::PublicAnd(user.map(|user| user.row.sources).unwrap_or_default())
            }
        };
        Ok(self.store.list(&Selection {
            catalog: manifest.catalog.clone(),
            sources: manifest.sources.clone(),
            readable,
            revision: manifest.revision,
        })?)
    }
}
