//! Manifests in the store.

use azat_edge::time::UnixTime;

use super::database::Store;
use super::fault::StoreFault;
use super::tables::{MANIFEST_ENDS, MANIFESTS};
use crate::manifest::{LIFETIME_SECONDS, Manifest, ManifestKey};

/// How long a manifest that has expired is remembered, in seconds. In that time its user learns that it
/// has expired, and not that there is none.
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
mod tests {
    use azat_edge::file::Catalog;
    use azat_edge::time::UnixTime;
    use serde_json::json;
    use tempfile::tempdir;

    use super::MEMORY_SECONDS;
    use crate::manifest::{Manifest, ManifestKey};
    use crate::samples::file_line;
    use crate::store::Store;

    #[test]
    fn what_expired_long_ago_is_forgotten() {
        let directory = tempdir().unwrap();
        let store = Store::open_or_create(&directory.path().join("store")).unwrap();
        let file = serde_json::from_value(file_line(json!({}))).unwrap();
        let put = |expires: u64, now: u64| {
            let (catalog, expires) = (
                Catalog::parse("demo").unwrap(),
                UnixTime::from_seconds(expires),
            );
            let manifest = Manifest::of(catalog, std::slice::from_ref(&file), expires).unwrap();
            let key = ManifestKey::generate().unwrap();
            let now = UnixTime::from_seconds(now);
            store.put_manifest(&key, &manifest, now).unwrap();
            key
        };
        let is_there = |key: &ManifestKey| store.manifest(key.as_str()).unwrap().is_some();
        let (first, second) = (put(1_000, 0), put(1_001, 0));
        put(2_000, 1_000 + MEMORY_SECONDS);
        assert!(is_there(&first) && is_there(&second));
        let last = put(2_000, 1_001 + MEMORY_SECONDS);
        assert!(!is_there(&first));
        assert!(is_there(&second) && is_there(&last));
    }
}
