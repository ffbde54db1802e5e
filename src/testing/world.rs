//! A world to answer requests in: stores, cache, origin, mirror and repository in memory.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use http::{Request, Response, StatusCode};
use serde_json::json;

use super::{NOW, entitlement, jwk, policy, record};
use crate::contract::{EDGE_ORIGIN_SECRET, endpoint, reason};
use crate::platform::{
    CacheKey, Entry, Item, Lookup, Payload, Platform, Progress, Read, Stores, Unreachable, Unread,
    Upstream,
};
use crate::time::UnixTime;

/// What a repository answers to a request.
pub(crate) type Repository = fn(&Request<Payload>) -> Response<&'static str>;

/// Where the entitlement lives.
pub(crate) const ENTITLEMENT: &str = endpoint::ENTITLEMENTS;
/// Where the record of [`UUID`] lives.
pub(crate) const FILE: &str = "/edge/files/dcp/10b5aa79-0595-47c6-9871-31a9151a8d56";
/// A file.
pub(crate) const UUID: &str = "10b5aa79-0595-47c6-9871-31a9151a8d56";

/// A world whose origin knows documents by path, and whose mirror gives one answer.
pub(crate) struct World {
    /// When the request comes in, and what has passed since then.
    pub(crate) now: UnixTime,
    pub(crate) clock: Duration,
    /// From where it comes.
    pub(crate) client_address: Option<IpAddr>,
    /// The Config Store's items.
    pub(crate) policy: Read,
    pub(crate) keys: Read,
    /// The Secret Store's entries.
    pub(crate) secrets: BTreeMap<String, String>,
    /// What the origin answers for a path. For others it answers that it has no such thing; while
    /// it is down, nothing at all.
    pub(crate) documents: BTreeMap<&'static str, (StatusCode, String)>,
    pub(crate) origin_is_down: bool,
    /// What the origin answers for a path in place of its document.
    pub(crate) failing: BTreeMap<&'static str, (StatusCode, String)>,
    /// How long the origin takes to answer for a path.
    pub(crate) delays: BTreeMap<&'static str, Duration>,
    /// What the mirror answers; nothing while it is down.
    pub(crate) mirror: Option<Response<&'static str>>,
    /// What the repository answers to a request; nothing while it is down.
    pub(crate) repository: Option<Repository>,
    /// Whether the cache neither keeps nor finds anything.
    pub(crate) cache_is_down: bool,
    /// Until when another request leads those who want an entry, on the clock.
    pub(crate) led_by_another: BTreeMap<CacheKey, Duration>,
    /// What the platform was asked to do, in order: looks at what is under way, and at the clock,
    /// are not among it.
    pub(crate) operations: Vec<&'static str>,
    /// The keys that were joined, in order.
    pub(crate) joined: Vec<CacheKey>,
    /// Every request that reached the origin, the mirror or the repository.
    pub(crate) requests: Vec<Request<Payload>>,
    /// The cache, with the time of each insertion.
    pub(crate) cache: BTreeMap<CacheKey, (UnixTime, Entry)>,
}

impl World {
    /// All is well, and the subject may read [`UUID`].
    pub(crate) fn new() -> Self {
        let entitlement = serde_json::to_string(&entitlement(&["open"])).unwrap();
        let file = Response::builder()
            .header("content-length", "15")
            .header("etag", "\"e\"")
            .header("server", "mirror")
            .body("Contents of foo");
        let keys = json!({"azat": {"keys": [jwk("k1")]}});
        Self {
            now: NOW,
            clock: Duration::ZERO,
            client_address: None,
            policy: Read::Present(policy().to_compact()),
            keys: Read::Present(keys.to_string()),
            secrets: BTreeMap::from([
                (EDGE_ORIGIN_SECRET.to_owned(), "7".repeat(32)),
                ("build_tokens".to_owned(), "AQID".repeat(11)),
            ]),
            documents: BTreeMap::from([
                (ENTITLEMENT, (StatusCode::OK, entitlement)),
                (FILE, (StatusCode::OK, record().to_string())),
            ]),
            origin_is_down: false,
            failing: BTreeMap::new(),
            delays: BTreeMap::new(),
            mirror: Some(file.unwrap()),
            repository: None,
            cache_is_down: false,
            led_by_another: BTreeMap::new(),
            operations: Vec::new(),
            joined: Vec::new(),
            requests: Vec::new(),
            cache: BTreeMap::new(),
        }
    }

    /// Some seconds pass between two requests.
    pub(crate) fn later(&mut self, seconds: u64) {
        self.now = self.now.plus(seconds);
        self.clock += Duration::from_secs(seconds);
    }

    /// The keys that are joined while something is done here.
    pub(crate) fn keys_joined_by(&mut self, act: impl FnOnce(&mut Self)) -> Vec<CacheKey> {
        let before = self.joined.len();
        act(self);
        self.joined.split_off(before)
    }

    /// The paths that were asked for, in order.
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.requests
            .iter()
            .map(|request| request.uri().path())
            .collect()
    }

    /// What the origin answers.
    fn origin(&self, request: &Request<()>) -> Option<Response<String>> {
        if self.origin_is_down {
            return None;
        }
        let path = request.uri().path();
        let reason = match path {
            ENTITLEMENT => reason::SESSION_MISSING,
            _ => reason::FILE_UNKNOWN,
        };
        let absent = (
            StatusCode::NOT_FOUND,
            json!({ "reason": reason }).to_string(),
        );
        let (status, body) =
            (self.failing.get(path).or(self.documents.get(path))).unwrap_or(&absent);
        let mut response = Response::new(body.clone());
        *response.status_mut() = *status;
        Some(response)
    }
}

impl Stores for World {
    fn item(&mut self, item: Item) -> Read {
        self.operations.push("item");
        match item {
            Item::Policy => self.policy.clone(),
            Item::Keys => self.keys.clone(),
        }
    }

    fn secret(&mut self, name: &str) -> Option<Vec<u8>> {
        self.operations.push("secret");
        self.secrets.get(name).map(|entry| entry.clone().into())
    }
}

/// A request under way.
pub(crate) struct Sent {
    arrives_at: Duration,
    answer: Option<Response<String>>,
}

impl Platform for World {
    type Body = String;
    type Lead = CacheKey;
    type Joining = CacheKey;
    type Sent = Sent;

    fn now(&self) -> UnixTime {
        self.now
    }

    fn random(&mut self) -> u32 {
        0
    }

    fn clock(&self) -> Duration {
        self.clock
    }

    fn client_address(&self) -> Option<IpAddr> {
        self.client_address
    }

    fn pause(&mut self, duration: Duration) {
        let before = self.clock.as_secs();
        self.clock += duration;
        self.now = self.now.plus(self.clock.as_secs() - before);
    }

    fn recall(&mut self, key: &CacheKey) -> Option<Vec<u8>> {
        self.operations.push("recall");
        let (inserted, entry) = self.cache.get(key).filter(|_| !self.cache_is_down)?;
        let age = self.now.since(*inserted);
        (age < entry.seconds + entry.contended_seconds).then(|| entry.content.clone())
    }

    fn keep(&mut self, key: &CacheKey, entry: Entry) {
        self.operations.push("keep");
        self.cache.insert(key.clone(), (self.now, entry));
    }

    fn join(&mut self, key: &CacheKey) -> CacheKey {
        self.operations.push("join");
        self.joined.push(key.clone());
        key.clone()
    }

    fn joined(&mut self, key: CacheKey) -> Progress<CacheKey, Lookup<CacheKey>> {
        if self.cache_is_down {
            return Progress::Done(Lookup::Unavailable);
        }
        let entry = self.cache.get(&key);
        let fresh = entry.filter(|(inserted, entry)| self.now.since(*inserted) < entry.seconds);
        if let Some((_, entry)) = fresh {
            return Progress::Done(Lookup::Hit(entry.content.clone()));
        }
        let leads_until = self.led_by_another.get(&key);
        match leads_until.is_some_and(|until| self.clock < *until) {
            true => Progress::Pending(key),
            false => Progress::Done(Lookup::Lead(key)),
        }
    }

    fn insert(&mut self, lead: CacheKey, entry: Entry) {
        self.operations.push("insert");
        self.cache.insert(lead, (self.now, entry));
    }

    fn release(&mut self, _: CacheKey) {
        self.operations.push("release");
    }

    fn contend(&mut self, key: &CacheKey) -> Option<CacheKey> {
        self.operations.push("contend");
        let (inserted, entry) = self.cache.get(key)?;
        (self.now.since(*inserted) >= entry.seconds).then(|| key.clone())
    }

    fn send(
        &mut self,
        to: Upstream<'_>,
        request: Request<Payload>,
    ) -> Result<Response<String>, Unreachable> {
        self.operations.push("send");
        let answer = match to {
            Upstream::Origin => {
                (!self.origin_is_down).then(|| Response::new("from the origin".to_owned()))
            }
            Upstream::Mirror => (self.mirror.clone()).map(|answer| answer.map(str::to_owned)),
            Upstream::Repository(backend) => {
                assert_eq!(backend, "terra");
                let answer = self.repository.map(|answer| answer(&request));
                answer.map(|answer| answer.map(str::to_owned))
            }
        };
        self.requests.push(request);
        answer.ok_or(Unreachable)
    }

    fn dispatch(&mut self, _: Upstream<'_>, request: Request<()>) -> Sent {
        self.operations.push("dispatch");
        let delay = self.delays.get(request.uri().path()).copied();
        let sent = Sent {
            arrives_at: self.clock.saturating_add(delay.unwrap_or_default()),
            answer: self.origin(&request),
        };
        self.requests.push(request.map(|()| Payload::Empty));
        sent
    }

    fn arrived(&mut self, sent: Sent) -> Progress<Sent, Result<Response<String>, Unreachable>> {
        match self.clock < sent.arrives_at {
            true => Progress::Pending(sent),
            false => Progress::Done(sent.answer.ok_or(Unreachable)),
        }
    }

    fn read(&mut self, body: String, limit: usize) -> Result<Vec<u8>, Unread> {
        self.operations.push("read");
        match body.len() <= limit {
            true => Ok(body.into_bytes()),
            false => Err(Unread::TooLong),
        }
    }
}
