//! Manifests in the store.

use std::collections::BTreeSet;

use azat_edge::time::UnixTime;
use redb::ReadableTableMetadata as _;

use super::database::{Act, Store};
use super::fault::StoreFault;
use super::listing::{Listing, Readable, Selection};
use super::revision;
use super::row::put;
use super::tables::{MANIFEST_ENDS, MANIFESTS};
use crate::manifest::{LIFETIME_SECONDS, Manifest, ManifestKey, Reader};

/// How long a manifest that has expired is remembered, in seconds. In that time its user learns
/// that it has expired, and not that there is none.
const MEMORY_SECONDS: u64 = LIFETIME_SECONDS;

/// When the store has as many manifests as it keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there are {0} manifests already")]
pub struct TooManyManifests(pub u64);

impl Store {
    /// Keeps a manifest under a new key, if there are fewer than `maximum`.
    ///
    /// Reads how many there are, and writes one manifest: keys are random. On the way it forgets
    /// those that expired long ago, as everybody may make manifests and they must not fill the
    /// disk.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn put_manifest(
        &self,
        key: &ManifestKey,
        manifest: &Manifest,
        now: UnixTime,
        maximum: u64,
    ) -> Result<Result<(), TooManyManifests>, StoreFault> {
        let long_ago = now.seconds().saturating_sub(MEMORY_SECONDS);
        self.write(|transaction| {
            let mut manifests = transaction.open_table(MANIFESTS)?;
            let mut ends = transaction.open_table(MANIFEST_ENDS)?;
            for row in ends.extract_from_if(..(long_ago, ""), |_, ()| true)? {
                let (end, _) = row?;
                manifests.remove(end.value().1)?;
            }
            let there = ends.len()?;
            if there >= maximum {
                return Ok(Act::Done(Err(TooManyManifests(there))));
            }
            put(
                &mut manifests,
                key.as_str(),
                manifest,
                revision::found(transaction)?,
            )?;
            ends.insert((manifest.expires.seconds(), key.as_str()), ())?;
            Ok(Act::Done(Ok(())))
        })
    }

    /// The manifest of that key, expired or not. `key` is whatever a request has there.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn manifest(&self, key: &str) -> Result<Option<Manifest>, StoreFault> {
        Ok(self.get(MANIFESTS, key)?.map(|manifest| manifest.row))
    }

    /// The list of a manifest's files, as its reader may read them now, from its beginning.
    ///
    /// Reads the reader, if that is a user, and the lengths of the catalog's shelves.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn list_of(&self, manifest: &Manifest) -> Result<Listing, StoreFault> {
        let readable = match &manifest.reader {
            Reader::Operator => Readable::Everything,
            Reader::Anyone => Readable::PublicAnd(BTreeSet::new()),
            Reader::User(subject) => {
                let user = self.user(subject)?;
                Readable::PublicAnd(user.map(|user| user.row.sources).unwrap_or_default())
            }
        };
        self.list(&Selection {
            catalog: manifest.catalog.clone(),
            sources: manifest.sources.clone(),
            readable,
            revision: manifest.revision,
        })
    }
}

#[cfg(test)]
mod tests;
