//! Config Store and Secret Store.

use azat_edge::platform::{Item, Read};
use fastly::config_store::OpenError;
use fastly::{ConfigStore, SecretStore};

/// The name of both stores.
const STORE: &str = "azat_edge";

/// Reads a Config Store item. The store is opened anew each time: a handle that is kept keeps old
/// data.
pub(super) fn item(item: Item) -> Read {
    let store = match ConfigStore::try_open(STORE) {
        Ok(store) => store,
        Err(OpenError::ConfigStoreDoesNotExist) => return Read::Absent,
        Err(_) => return Read::Failed,
    };
    match store.try_get(item.key()) {
        Ok(Some(text)) => Read::Present(text),
        Ok(None) => Read::Absent,
        Err(_) => Read::Failed,
    }
}

/// Reads an entry of the Secret Store.
pub(super) fn secret(name: &str) -> Option<Vec<u8>> {
    let secret = SecretStore::open(STORE).ok()?.try_get(name).ok()??;
    Some(secret.try_plaintext().ok()?.to_vec())
}
