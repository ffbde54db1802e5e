//! Fastly Compute as the core's platform.

use azat_edge::platform::{
    CacheKey, Entry, Item, Lookup, Payload, Platform, Read, Stores, Unreachable, Upstream,
};
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

    fn send(
        &mut self,
        to: Upstream<'_>,
        request: Request<Payload>,
    ) -> Result<Response<fastly::Body>, Unreachable> {
        self.backend_requests += 1;
        let (head, payload) = request.into_parts();
        let body = match payload {
            Payload::Empty => None,
            Payload::Clients => self.body.take(),
        };
        backend::send(to, Request::from_parts(head, ()), body)
    }

    fn read(&mut self, body: fastly::Body, limit: usize) -> Result<Vec<u8>, Unreachable> {
        backend::read(body, limit)
    }
}

impl Stores for Compute {
    fn item(&mut self, item: Item) -> Read {
        store::item(item)
    }

    fn secret(&mut self, name: &str) -> Option<Vec<u8>> {
        store::secret(name)
    }
}
