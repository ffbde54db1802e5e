//! Manifests in the store.

use super::{MANIFESTS, Store, StoreFault};
use crate::manifest::{Manifest, ManifestKey};

impl Store {
    /// Keeps a manifest under a new key.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn put_manifest(&self, key: &ManifestKey, manifest: &Manifest) -> Result<(), StoreFault> {
        let json = serde_json::to_string(manifest)?;
        let transaction = self.database.begin_write()?;
        transaction
            .open_table(MANIFESTS)?
            .insert(key.as_str(), json.as_str())?;
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
