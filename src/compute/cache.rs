//! The origin's documents in the Core Cache.

use std::io::{Read as _, Write as _};
use std::time::Duration;

use azat_edge::platform::{CacheKey, Entry, Lookup, Progress};
use fastly::cache::core::{self, CacheError, Found, PendingTransaction, Transaction};
use fastly::http::body::StreamingBody;

/// Documents up to this size, in bytes, travel in the entry's metadata, which is read faster than a
/// body.
const METADATA_LIMIT: usize = 2048;

/// The entry of that key.
pub(super) fn recall(key: &CacheKey) -> Option<Vec<u8>> {
    let found = core::lookup(name(key)).execute().ok()??;
    content(&found)
}

/// Keeps an entry that nobody waits for.
pub(super) fn keep(key: &CacheKey, entry: &Entry) {
    let (metadata, body) = split(entry);
    let insertion = core::insert(name(key), Duration::from_secs(entry.seconds))
        .stale_while_revalidate(Duration::from_secs(entry.contended_seconds))
        .user_metadata(metadata.to_vec().into())
        .known_length(body.len() as u64)
        .sensitive_data(entry.sensitive)
        .execute();
    fill(insertion, body);
}

/// Begins to look a shared entry up.
pub(super) fn join(key: &CacheKey) -> Option<PendingTransaction> {
    Transaction::lookup(name(key)).execute_async().ok()
}

/// What has come of it. It takes a moment even where nobody else leads.
pub(super) fn joined(
    joining: Option<PendingTransaction>,
) -> Progress<Option<PendingTransaction>, Lookup<Transaction>> {
    let transaction = match joining.map(|joining| (joining.pending(), joining)) {
        Some((Ok(true), joining)) => return Progress::Pending(Some(joining)),
        Some((Ok(false), joining)) => joining.wait().ok(),
        Some((Err(_), _)) | None => None,
    };
    Progress::Done(match transaction {
        Some(transaction) if transaction.must_insert_or_update() => Lookup::Lead(transaction),
        Some(transaction) => match transaction.found().and_then(|found| content(&found)) {
            Some(content) => Lookup::Hit(content),
            None => Lookup::Unavailable,
        },
        None => Lookup::Unavailable,
    })
}

/// Fills a shared entry. What cannot be inserted is fetched again by the next request.
pub(super) fn insert(lead: Transaction, entry: &Entry) {
    let (metadata, body) = split(entry);
    let insertion = lead
        .insert(Duration::from_secs(entry.seconds))
        .stale_while_revalidate(Duration::from_secs(entry.contended_seconds))
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

/// The lead of an entry that is not fresh any more, if no other request has it. While the stale
/// entry is there, nobody waits for the one who has it.
pub(super) fn contend(key: &CacheKey) -> Option<Transaction> {
    let transaction = Transaction::lookup(name(key)).execute().ok()?;
    transaction.must_insert_or_update().then_some(transaction)
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
