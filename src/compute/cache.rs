//! The origin's documents in the Core Cache.

use std::io::{Read as _, Write as _};
use std::time::Duration;

use azat_edge::platform::{Entry, Lookup};
use azat_edge::repository::CacheKey;
use fastly::cache::core::{CacheError, Found, Transaction};

/// For how long a request waits for another that fetches the same document: a little longer than that one
/// may wait for the origin (`first_byte_timeout` of the backend).
const PATIENCE: Duration = Duration::from_secs(12);

/// Documents up to this size travel in the entry's metadata, which is read faster than a body, in bytes.
const METADATA_LIMIT: usize = 2048;

/// Looks a document up, waiting for another request that is fetching it.
pub(super) fn lookup(key: &CacheKey) -> Lookup<Transaction> {
    let key = key.as_str().to_owned().into();
    let transaction = match Transaction::lookup(key).timeout(PATIENCE).execute() {
        Ok(transaction) => transaction,
        Err(CacheError::Timeout) => return Lookup::Busy,
        Err(_) => return Lookup::Unavailable,
    };
    let content = transaction.found().and_then(|found| content(&found));
    match (transaction.must_insert_or_update(), content) {
        (true, stale) => Lookup::Lead(transaction, stale),
        (false, Some(content)) => Lookup::Hit(content),
        (false, None) => Lookup::Unavailable,
    }
}

fn content(found: &Found) -> Option<Vec<u8>> {
    let metadata = found.user_metadata();
    if !metadata.is_empty() {
        return Some(metadata.to_vec());
    }
    let mut content = Vec::new();
    found.to_stream().ok()?.read_to_end(&mut content).ok()?;
    Some(content)
}

/// Inserts a document. What cannot be inserted is fetched again by the next request.
pub(super) fn insert(lead: Transaction, entry: &Entry) {
    let fits = entry.content.len() <= METADATA_LIMIT;
    let (metadata, body): (&[u8], &[u8]) = match fits {
        true => (&entry.content, &[]),
        false => (&[], &entry.content),
    };
    let insertion = lead
        .insert(Duration::from_secs(entry.fresh_seconds))
        .stale_while_revalidate(Duration::from_secs(entry.stale_seconds))
        .user_metadata(metadata.to_vec().into())
        .known_length(body.len() as u64)
        .execute();
    if let Ok(mut stream) = insertion {
        let _ = match stream.write_all(body) {
            Ok(()) => stream.finish(),
            Err(_) => stream.abandon(),
        };
    }
}
