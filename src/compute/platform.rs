//! Fastly Compute as the core's platform.

use std::cell::OnceCell;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::net::IpAddr;
use std::time::{Duration, Instant};

use azat_edge::platform::{
    CacheKey, Entry, Item, Lookup, Payload, Platform, Progress, Read, Stores, Unreachable, Unread,
    Upstream,
};
use azat_edge::time::UnixTime;
use fastly::cache::core::{PendingTransaction, Transaction};
use fastly::http::request::PendingRequest;
use http::{Request, Response};

use super::{backend, cache, store};

/// The platform, for one request.
pub(super) struct Compute {
    /// The client's request, with its body until that is passed on.
    received: fastly::Request,
    /// When somebody first looked at the clock.
    began: OnceCell<Instant>,
    backend_requests: usize,
}

impl Compute {
    pub(super) fn new(received: fastly::Request) -> Self {
        Self {
            received,
            began: OnceCell::new(),
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
    type Joining = Option<PendingTransaction>;
    type Sent = Option<PendingRequest>;

    fn now(&self) -> UnixTime {
        UnixTime::now()
    }

    fn random(&mut self) -> u32 {
        // Keys of a hasher are new ones each time, and what they make of nothing is as good as any.
        RandomState::new().build_hasher().finish() as u32
    }

    fn clock(&self) -> Duration {
        self.began.get_or_init(Instant::now).elapsed()
    }

    fn client_address(&self) -> Option<IpAddr> {
        self.received.get_client_ip_addr()
    }

    fn pause(&mut self, duration: Duration) {
        std::thread::sleep(duration);
    }

    fn recall(&mut self, key: &CacheKey) -> Option<Vec<u8>> {
        cache::recall(key)
    }

    fn keep(&mut self, key: &CacheKey, entry: Entry) {
        cache::keep(key, &entry);
    }

    fn join(&mut self, key: &CacheKey) -> Self::Joining {
        cache::join(key)
    }

    fn joined(&mut self, joining: Self::Joining) -> Progress<Self::Joining, Lookup<Transaction>> {
        cache::joined(joining)
    }

    fn insert(&mut self, lead: Transaction, entry: Entry) {
        cache::insert(lead, &entry);
    }

    fn release(&mut self, lead: Transaction) {
        cache::release(&lead);
    }

    fn contend(&mut self, key: &CacheKey) -> Option<Transaction> {
        cache::contend(key)
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
            Payload::Clients => self.received.try_take_body(),
        };
        backend::send(to, Request::from_parts(head, ()), body)
    }

    fn dispatch(&mut self, to: Upstream<'_>, request: Request<()>) -> Self::Sent {
        self.backend_requests += 1;
        backend::dispatch(to, request)
    }

    fn arrived(
        &mut self,
        sent: Self::Sent,
    ) -> Progress<Self::Sent, Result<Response<fastly::Body>, Unreachable>> {
        backend::arrived(sent)
    }

    fn read(&mut self, body: fastly::Body, limit: usize) -> Result<Vec<u8>, Unread> {
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
