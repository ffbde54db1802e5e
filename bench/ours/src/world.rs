//! A world without a platform: documents and a mirror in memory, so that only the core's own work
//! is left.

use std::collections::BTreeMap;

use azat_edge::contract::endpoint;
use azat_edge::platform::{
    CacheKey, Entry, Item, Lookup, Payload, Platform, Read, Stores, Unreachable, Upstream,
};
use azat_edge::time::UnixTime;
use http::{Request, Response};

/// Answers of origin and mirror, and a cache that forgets nothing.
pub(crate) struct World {
    pub(crate) now: UnixTime,
    /// The Config Store's item `keys`.
    pub(crate) keys: String,
    /// What the origin answers to `/edge/entitlements`.
    pub(crate) entitlement: String,
    /// What it answers to anything else.
    pub(crate) file: String,
    /// How long the mirror says its file is, in bytes.
    pub(crate) length: u64,
    pub(crate) cache: BTreeMap<CacheKey, Vec<u8>>,
}

impl Platform for World {
    type Body = Vec<u8>;
    type Lead = CacheKey;

    fn now(&self) -> UnixTime {
        self.now
    }

    fn lookup(&mut self, key: &CacheKey) -> Lookup<CacheKey> {
        match self.recall(key) {
            Some(content) => Lookup::Hit(content),
            None => Lookup::Lead(key.clone()),
        }
    }

    fn insert(&mut self, lead: CacheKey, entry: Entry) {
        self.keep(&lead, entry);
    }

    fn release(&mut self, _: CacheKey) {}

    fn keep(&mut self, key: &CacheKey, entry: Entry) {
        self.cache.insert(key.clone(), entry.content);
    }

    fn recall(&mut self, key: &CacheKey) -> Option<Vec<u8>> {
        self.cache.get(key).cloned()
    }

    fn send(
        &mut self,
        to: Upstream<'_>,
        request: Request<Payload>,
    ) -> Result<Response<Vec<u8>>, Unreachable> {
        let answer = match to {
            Upstream::Origin => {
                let document = match request.uri().path() {
                    endpoint::ENTITLEMENTS => &self.entitlement,
                    _ => &self.file,
                };
                Response::builder().body(document.clone().into_bytes())
            }
            Upstream::Mirror => Response::builder()
                .header("content-length", self.length)
                .header("content-type", "application/octet-stream")
                .header("etag", "\"0123456789abcdef\"")
                .header("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT")
                .header("accept-ranges", "bytes")
                .body(Vec::new()),
            Upstream::Repository(_) => return Err(Unreachable),
        };
        answer.map_err(|_| Unreachable)
    }

    fn read(&mut self, body: Vec<u8>, _: usize) -> Result<Vec<u8>, Unreachable> {
        Ok(body)
    }
}

impl Stores for World {
    fn item(&mut self, item: Item) -> Read {
        match item {
            Item::Policy => Read::Absent,
            Item::Keys => Read::Present(self.keys.clone()),
        }
    }

    fn secret(&mut self, _: &str) -> Option<Vec<u8>> {
        Some(vec![7; 32])
    }
}
