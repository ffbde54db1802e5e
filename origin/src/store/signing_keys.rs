//! Signing keys in the store.

use std::cmp::Reverse;

use azat_edge::time::UnixTime;
use redb::ReadableTable as _;

use super::database::{Act, Store};
use super::fault::StoreFault;
use super::tables::SIGNING_KEYS;
use crate::token::SigningKey;

impl Store {
    /// Keeps a key, which is from now on the newest.
    ///
    /// Reads when the others were created. Writes the key as created after all of them.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn put_signing_key(&self, key: &SigningKey, now: UnixTime) -> Result<(), StoreFault> {
        self.write(|transaction| {
            let mut table = transaction.open_table(SIGNING_KEYS)?;
            let mut created = now.seconds();
            for row in table.iter()? {
                // Two keys of one second, or a clock set back, must not hide which is the newest.
                created = created.max(row?.1.value().0 + 1);
            }
            let der = key.to_pkcs8_der()?;
            table.insert(key.kid(), (created, der.as_bytes()))?;
            Ok(Act::Done(()))
        })
    }

    /// All keys, the newest first.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn signing_keys(&self) -> Result<Vec<SigningKey>, StoreFault> {
        let mut keys = self.read(|transaction| {
            let mut keys = Vec::new();
            for row in transaction.open_table(SIGNING_KEYS)?.iter()? {
                let (_, value) = row?;
                let (created, der) = value.value();
                keys.push((created, SigningKey::from_pkcs8_der(der)?));
            }
            Ok(keys)
        })?;
        keys.sort_by_key(|(created, _)| Reverse(*created));
        Ok(keys.into_iter().map(|(_, key)| key).collect())
    }
}

#[cfg(test)]
mod tests;
