//! The origin's documents in the Core Cache.

use std::io::{Read as _, Write as _};
use std::time::Duration;

use azat_edge::platform::CacheKey;
use azat_edge::platform::{Entry, Lookup};
use fastly::cache::core::{self, CacheError, Found, Transaction};
use fastly::http::body::StreamingBody;

/// For how long a request waits for another that fetches the same document: a little longer than
/// that one may wait for the origin (`first_byte_timeout` of the backend).
const PATIENCE: Duration = Duration::from_secs(12);

/// Documents up to this size, in bytes, travel in the entry's metadata, which is read faster than a
/// body.
const METADATA_LIMIT: usize = 2048;

/// Looks a shared entry up, waiting for another request that is filling it.
pub(super) fn lookup(key: &CacheKey) -> Lookup<Transaction> {
    let transaction = match Transaction::lookup(name(key)).timeout(PATIENCE).execute() {
        Ok(transaction) => transaction,
        Err(CacheError::Timeout) => return Lookup::Busy,
        Err(_) => return Lookup::Unavailable,
    };
    if transaction.must_insert_or_update() {
        return Lookup::Lead(transaction);
    }
    match transaction.found().and_then(|found| content(&found)) {
        Some(content) => Lookup::Hit(content),
        None => Lookup::Unavailable,
    }
}

/// Fills a shared entry. What cannot be inserted is fetched again by the next request.
pub(super) fn insert(lead: Transaction, entry: &Entry) {
    let (metadata, body) = split(entry);
    let insertion = lead
        .insert(Duration::from_secs(entry.seconds))
        .user_metadata(metadata.to_vec().into())
        .known_length(body.len() as u64)
        .sensitive_data(entry.sensitive)
        .execute();
    fill(insertion, body);
}

/// Gives the lead to one of those who wait.
pub(super) fn release(lead: &Transaction) {
    // An error means that nobody is waiting any more.
    let _ = lead.cancel_insert_or_update();
}

/// Keeps an entry that nobody waits for.
pub(super) fn keep(key: &CacheKey, entry: &Entry) {
    let (metadata, body) = split(entry);
    let insertion = core::insert(name(key), Duration::from_secs(entry.seconds))
        .user_metadata(metadata.to_vec().into())
        .known_length(body.len() as u64)
        .sensitive_data(entry.sensitive)
        .execute();
    fill(insertion, body);
}

/// The entry that was kept.
pub(super) fn recall(key: &CacheKey) -> Option<Vec<u8>> {
    let found = core::lookup(name(key)).execute().ok()??;
    content(&found)
}

fn name(key: &CacheKey) -> core::CacheKey {
    key.as_str().to_owned().into()
}

/// Splits an entry into what travels as metadata, and what as a body.
fn split(entry: &Entry) -> (&[u8], &[u8]) {
    match entry.content.len() <= METADATA_LIMIT {
        true => (&entry.content, &[]),
        false => (&[], &entry.content),
    }
}

/// Writes the body, whole: the insertion has begun only now that all of it is at hand.
fn fill(insertion: Result<StreamingBody, CacheError>, body: &[u8]) {
    if let Ok(mut stream) = insertion {
        let _ = match stream.write_all(body) {
            Ok(()) => stream.finish(),
            Err(_) => stream.abandon(),
        };
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
