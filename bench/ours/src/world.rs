//! A world without a platform: documents and a mirror in memory, so that only the core's own work
//! is left.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use azat_edge::contract::endpoint;
use azat_edge::platform::{
    CacheKey, Entry, Item, Lookup, Payload, Platform, Progress, Read, Stores, Unreachable, Unread,
    Upstream,
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
    type Joining = CacheKey;
    type Sent = Vec<u8>;

    fn now(&self) -> UnixTime {
        self.now
    }

    fn random(&mut self) -> u32 {
        0
    }

    fn clock(&self) -> Duration {
        Duration::ZERO
    }

    fn client_address(&self) -> Option<IpAddr> {
        None
    }

    fn pause(&mut self, _: Duration) {}

    fn recall(&mut self, key: &CacheKey) -> Option<Vec<u8>> {
        self.cache.get(key).cloned()
    }

    fn keep(&mut self, key: &CacheKey, entry: Entry) {
        self.cache.insert(key.clone(), entry.content);
    }

    fn join(&mut self, key: &CacheKey) -> CacheKey {
        key.clone()
    }

    fn joined(&mut self, key: CacheKey) -> Progress<CacheKey, Lookup<CacheKey>> {
        Progress::Done(match self.recall(&key) {
            Some(content) => Lookup::Hit(content),
            None => Lookup::Lead(key),
        })
    }

    fn insert(&mut self, lead: CacheKey, entry: Entry) {
        self.keep(&lead, entry);
    }

    fn release(&mut self, _: CacheKey) {}

    fn contend(&mut self, _: &CacheKey) -> Option<CacheKey> {
        None
    }

    fn send(
        &mut self,
        to: Upstream<'_>,
        _: Request<Payload>,
    ) -> Result<Response<Vec<u8>>, Unreachable> {
        let Upstream::Mirror = to else {
            return Err(Unreachable);
        };
        let answer = Response::builder()
            .header("content-length", self.length)
            .header("content-type", "application/octet-stream")
            .header("etag", "\"0123456789abcdef\"")
            .header("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT")
            .header("accept-ranges", "bytes")
            .body(Vec::new());
        answer.map_err(|_| Unreachable)
    }

    fn dispatch(&mut self, _: Upstream<'_>, request: Request<()>) -> Vec<u8> {
        let document = match request.uri().path() {
            endpoint::ENTITLEMENTS => &self.entitlement,
            _ => &self.file,
        };
        document.clone().into_bytes()
    }

    fn arrived(
        &mut self,
        document: Vec<u8>,
    ) -> Progress<Vec<u8>, Result<Response<Vec<u8>>, Unreachable>> {
        Progress::Done(Ok(Response::new(document)))
    }

    fn read(&mut self, body: Vec<u8>, _: usize) -> Result<Vec<u8>, Unread> {
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
