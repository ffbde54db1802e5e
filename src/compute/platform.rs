//! Fastly Compute as the core's platform.

use azat_edge::contract::signature::EdgeSecret;
use azat_edge::platform::CacheKey;
use azat_edge::platform::{Entry, Lookup, Platform, Unreachable};
use azat_edge::time::UnixTime;
use fastly::cache::core::Transaction;
use http::{Request, Response};

use super::{backend, cache, store};

/// The platform, for one request.
pub(super) struct Compute {
    /// The client's body, until it is passed on.
    body: Option<fastly::Body>,
    backend_requests: usize,
}

impl Compute {
    pub(super) fn new(body: fastly::Body) -> Self {
        Self {
            body: Some(body),
            backend_requests: 0,
        }
    }

    /// How many requests went to backends.
    pub(super) fn backend_requests(&self) -> usize {
        self.backend_requests
    }
}

impl Platform for Compute {
    type Body = fastly::Body;
    type Lead = Transaction;

    fn now(&self) -> UnixTime {
        UnixTime::now()
    }

    fn edge_secret(&mut self) -> Option<EdgeSecret> {
        store::edge_secret()
    }

    fn secret(&mut self, name: &str) -> Option<Vec<u8>> {
        store::secret(name)
    }

    fn lookup(&mut self, key: &CacheKey) -> Lookup<Transaction> {
        cache::lookup(key)
    }

    fn insert(&mut self, lead: Transaction, entry: Entry) {
        cache::insert(lead, &entry);
    }

    fn release(&mut self, lead: Transaction) {
        cache::release(&lead);
    }

    fn keep(&mut self, key: &CacheKey, entry: Entry) {
        cache::keep(key, &entry);
    }

    fn recall(&mut self, key: &CacheKey) -> Option<Vec<u8>> {
        cache::recall(key)
    }

    fn ask_origin(&mut self, call: Request<()>) -> Result<Response<Vec<u8>>, Unreachable> {
        self.backend_requests += 1;
        backend::ask(backend::ORIGIN, call)
    }

    fn pass_to_origin(
        &mut self,
        request: Request<()>,
    ) -> Result<Response<fastly::Body>, Unreachable> {
        self.backend_requests += 1;
        backend::send(backend::ORIGIN, request, self.body.take())
    }

    fn fetch_from_repository(
        &mut self,
        backend: &str,
        request: Request<()>,
    ) -> Result<Response<fastly::Body>, Unreachable> {
        self.backend_requests += 1;
        backend::send(backend, request, None)
    }

    fn fetch_from_mirror(
        &mut self,
        request: Request<()>,
    ) -> Result<Response<fastly::Body>, Unreachable> {
        self.backend_requests += 1;
        backend::send(backend::MIRROR, request, None)
    }
}
