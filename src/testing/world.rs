//! A world to answer requests in: stores, cache, origin, mirror and repository in memory.

use std::collections::BTreeMap;

use http::{Request, Response, StatusCode};
use serde_json::json;

use super::{NOW, entitlement, jwk, policy, record};
use crate::contract::{EDGE_ORIGIN_SECRET, endpoint, reason};
use crate::platform::{
    CacheKey, Entry, Item, Lookup, Payload, Platform, Read, Stores, Unreachable, Upstream,
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
    pub(crate) now: UnixTime,
    /// The Config Store's items.
    pub(crate) policy: Read,
    pub(crate) keys: Read,
    /// The Secret Store's entries.
    pub(crate) secrets: BTreeMap<String, String>,
    /// What the origin answers for a path. For others it answers that it has no such thing; while
    /// it is down, nothing at all.
    pub(crate) documents: BTreeMap<&'static str, (StatusCode, String)>,
    pub(crate) origin_is_down: bool,
    /// What the mirror answers; nothing while it is down.
    pub(crate) mirror: Option<Response<&'static str>>,
    /// What the repository answers to a request; nothing while it is down.
    pub(crate) repository: Option<Repository>,
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
            mirror: Some(file.unwrap()),
            repository: None,
            requests: Vec::new(),
            cache: BTreeMap::new(),
        }
    }

    /// The paths that were asked for, in order.
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.requests
            .iter()
            .map(|request| request.uri().path())
            .collect()
    }

    /// What the origin answers.
    fn origin(&self, request: &Request<Payload>) -> Option<Response<String>> {
        if self.origin_is_down {
            return None;
        }
        if *request.body() == Payload::Clients {
            return Some(Response::new("from the origin".to_owned()));
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
        let (status, body) = self.documents.get(path).unwrap_or(&absent);
        let mut response = Response::new(body.clone());
        *response.status_mut() = *status;
        Some(response)
    }
}

impl Stores for World {
    fn item(&mut self, item: Item) -> Read {
        match item {
            Item::Policy => self.policy.clone(),
            Item::Keys => self.keys.clone(),
        }
    }

    fn secret(&mut self, name: &str) -> Option<Vec<u8>> {
        self.secrets.get(name).map(|entry| entry.clone().into())
    }
}

impl Platform for World {
    type Body = String;
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
        self.cache.insert(key.clone(), (self.now, entry));
    }

    fn recall(&mut self, key: &CacheKey) -> Option<Vec<u8>> {
        let (inserted, entry) = self.cache.get(key)?;
        (self.now.since(*inserted) < entry.seconds).then(|| entry.content.clone())
    }

    fn send(
        &mut self,
        to: Upstream<'_>,
        request: Request<Payload>,
    ) -> Result<Response<String>, Unreachable> {
        let answer = match to {
            Upstream::Origin => self.origin(&request),
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

    fn read(&mut self, body: String, limit: usize) -> Result<Vec<u8>, Unreachable> {
        match body.len() <= limit {
            true => Ok(body.into_bytes()),
            false => Err(Unreachable),
        }
    }
}
