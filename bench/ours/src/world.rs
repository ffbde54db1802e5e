//! A world without a platform: documents and a mirror in memory, so that only the core's own work is left.

use std::collections::BTreeMap;

use azat_edge::contract::signature::EdgeSecret;
use azat_edge::platform::CacheKey;
use azat_edge::platform::{Entry, Lookup, Platform, Unreachable};
use azat_edge::time::UnixTime;
use http::{Request, Response};

/// Answers of origin and mirror, and a cache that forgets nothing.
pub(crate) struct World {
    pub(crate) now: UnixTime,
    /// What the origin answers to `/edge/entitlements`.
    pub(crate) entitlement: String,
    /// What it answers to anything else.
    pub(crate) file: String,
    /// How long the mirror says its file is, in bytes.
    pub(crate) length: u64,
    pub(crate) cache: BTreeMap<CacheKey, Vec<u8>>,
}

impl Platform for World {
    type Body = ();
    type Lead = CacheKey;

    fn now(&self) -> UnixTime {
        self.now
    }

    fn edge_secret(&mut self) -> Option<EdgeSecret> {
        EdgeSecret::new(&[7; 32]).ok()
    }

    fn secret(&mut self, _: &str) -> Option<Vec<u8>> {
        None
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

    fn ask_origin(&mut self, call: Request<()>) -> Result<Response<Vec<u8>>, Unreachable> {
        let document = match call.uri().path() {
            "/edge/entitlements" => &self.entitlement,
            _ => &self.file,
        };
        Ok(Response::new(document.clone().into_bytes()))
    }

    fn pass_to_origin(&mut self, _: Request<()>) -> Result<Response<()>, Unreachable> {
        Err(Unreachable)
    }

    fn fetch_from_mirror(&mut self, _: Request<()>) -> Result<Response<()>, Unreachable> {
        let answer = Response::builder()
            .header("content-length", self.length)
            .header("content-type", "application/octet-stream")
            .header("etag", "\"0123456789abcdef\"")
            .header("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT")
            .header("accept-ranges", "bytes");
        answer.body(()).map_err(|_| Unreachable)
    }

    fn fetch_from_repository(
        &mut self,
        _: &str,
        _: Request<()>,
    ) -> Result<Response<()>, Unreachable> {
        Err(Unreachable)
    }
}
