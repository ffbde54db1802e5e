//! Manifests in the store.

use azat_edge::time::UnixTime;

use super::database::Store;
use super::fault::StoreFault;
use super::tables::{MANIFEST_ENDS, MANIFESTS};
use crate::manifest::{LIFETIME_SECONDS, Manifest, ManifestKey};

/// How long a manifest that has expired is remembered, in seconds. In that time its user learns
/// that it has expired, and not that there is none.
const MEMORY_SECONDS: u64 = LIFETIME_SECONDS;

impl Store {
    /// Keeps a manifest under a new key.
    ///
    /// Reads nothing, and writes one manifest without a condition: keys are random. On the way it
    /// forgets those that expired long ago, as everybody may make manifests and they must not fill
    /// the disk.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn put_manifest(
        &self,
        key: &ManifestKey,
        manifest: &Manifest,
        now: UnixTime,
    ) -> Result<(), StoreFault> {
        let json = serde_json::to_string(manifest)?;
        let long_ago = now.seconds().saturating_sub(MEMORY_SECONDS);
        let transaction = self.database.begin_write()?;
        {
            let mut manifests = transaction.open_table(MANIFESTS)?;
            let mut ends = transaction.open_table(MANIFEST_ENDS)?;
            for row in ends.extract_from_if(..(long_ago, ""), |_, ()| true)? {
                let (end, _) = row?;
                manifests.remove(end.value().1)?;
            }
            manifests.insert(key.as_str(), json.as_str())?;
            ends.insert((manifest.expires.seconds(), key.as_str()), ())?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The manifest of that key, expired or not. `key` is whatever a request has there.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn manifest(&self, key: &str) -> Result<Option<Manifest>, StoreFault> {
        self.get(MANIFESTS, key)
    }
}

#[cfg(test)]
mod tests;
