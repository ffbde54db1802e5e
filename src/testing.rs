//! What the core's tests share: a signing key, tokens, and a world to answer requests in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use azat_policy::{Policy, Profile};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{Request, Response, StatusCode};
use rand::SeedableRng as _;
use rsa::pkcs1v15::SigningKey;
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding as _, Signer as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde_json::{Value, json};

use crate::contract::Entitlement;
use crate::contract::signature::EdgeSecret;
use crate::platform::CacheKey;
use crate::platform::{Entry, Lookup, Platform, Unreachable};
use crate::time::UnixTime;

/// When the tests take place.
pub(crate) const NOW: UnixTime = UnixTime::from_seconds(1_800_000_000);

/// The key that signs the tests' tokens. Made on the spot: no private key lies in the repository.
pub(crate) static KEY: LazyLock<RsaPrivateKey> = LazyLock::new(|| {
    let mut random = rand::rngs::StdRng::seed_from_u64(7);
    RsaPrivateKey::new(&mut random, 2048).unwrap()
});

/// Another key, which signs nothing.
static OTHER_KEY: LazyLock<RsaPrivateKey> = LazyLock::new(|| {
    let mut random = rand::rngs::StdRng::seed_from_u64(8);
    RsaPrivateKey::new(&mut random, 2048).unwrap()
});

/// The key's public half as a JWK.
pub(crate) fn jwk(kid: &str) -> Value {
    rsa_jwk(&KEY, kid)
}

/// The public half of another key.
pub(crate) fn other_jwk(kid: &str) -> Value {
    rsa_jwk(&OTHER_KEY, kid)
}

fn rsa_jwk(key: &RsaPrivateKey, kid: &str) -> Value {
    let public = RsaPublicKey::from(key);
    json!({
        "kty": "RSA",
        "kid": kid,
        "n": base64url(public.n().to_bytes_be()),
        "e": base64url(public.e().to_bytes_be()),
    })
}

/// base64url without padding.
pub(crate) fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A compact JWS over these texts, whatever they are.
pub(crate) fn sign(header: &str, payload: &str) -> String {
    let input = format!("{}.{}", base64url(header), base64url(payload));
    let signature = SigningKey::<Sha256>::new(KEY.clone()).sign(input.as_bytes());
    format!("{input}.{}", base64url(signature.to_bytes()))
}

/// The claims of a good token.
pub(crate) fn claims() -> Value {
    json!({
        "iss": "https://azul.example",
        "sub": "google#1",
        "iat": NOW.seconds(),
        "exp": NOW.plus(86_400).seconds(),
    })
}

/// A good token, signed under the kid `k1`.
pub(crate) fn token() -> String {
    sign(r#"{"alg":"RS256","kid":"k1"}"#, &claims().to_string())
}

/// The profile under which it is good.
pub(crate) fn profile() -> Profile {
    policy().profiles["azat"].clone()
}

/// The policy of the tests.
pub(crate) fn policy() -> Policy {
    let period = json!({"fresh_seconds": 60, "stale_seconds": 300});
    let file = |path: &str, answer: Value| json!({"path": path, "methods": ["GET", "HEAD"], "accepts": ["azat"], "answer": answer});
    let policy = json!({
        "base_url": "https://azul.example",
        "default_catalog": "dcp",
        "mirror": {"redirect_base": "https://mirror.example/files/"},
        "repository": {"hosts": [{"host": "data.example", "backend": "terra"}]},
        "freshness": {"entitlement": period, "file": period},
        "profiles": {"azat": {
            "algorithm": "RS256",
            "issuer": "https://azul.example",
            "maximum_lifetime_seconds": 604_800,
            "leeway_seconds": 60,
        }},
        "routes": [
            file("/repository/files/{uuid}", json!({"file": "stream"})),
            file("/redirect/files/{uuid}", json!({"file": "redirect"})),
            file("/fetch/repository/files/{uuid}", json!("fetch")),
            {
                "path": "/manifest/files/{key}",
                "methods": ["GET", "PUT"],
                "passes": ["anonymous", "google"],
                "answer": "origin",
            },
            {"path": "/user/token", "methods": ["GET"], "passes": ["jwt"], "answer": "origin"},
        ],
    });
    Policy::from_compact(&policy.to_string()).unwrap()
}

/// A file record of 15 bytes in the source `open`, mirrored under `file/a.sha256`.
pub(crate) fn record() -> Value {
    json!({
        "source": "open",
        "public": false,
        "mirror_key": "file/a.sha256",
        "size": 15,
        "name": "a b\"\u{e4}.txt",
        "content_type": "text/plain",
        "digest": {
            "algorithm": "sha-256",
            "hex": "42de7cc2b84f43bcdfac4197ace00fee6c81b9ee44a977af25fa50f411daa920",
        },
        "revision": 1,
        "fresh_until": NOW.plus(60).seconds(),
        "stale_until": NOW.plus(360).seconds(),
    })
}

/// An entitlement of the good token's subject to these sources.
pub(crate) fn entitlement(sources: &[&str]) -> Entitlement {
    Entitlement {
        issuer: "https://azul.example".into(),
        subject: "google#1".into(),
        sources: sources.iter().collect(),
        jti_window: (0, 1),
        not_before: UnixTime::from_seconds(0),
        revision: 1,
        fresh_until: NOW.plus(60),
        stale_until: NOW.plus(360),
    }
}

/// What a repository answers to a request.
pub(crate) type Repository = fn(&Request<()>) -> Response<&'static str>;

/// A world whose origin knows documents by path, and whose mirror gives one answer.
pub(crate) struct World {
    pub(crate) now: UnixTime,
    pub(crate) has_secret: bool,
    /// The Secret Store's entry `build_tokens`; there is none while this is empty.
    pub(crate) shared_key: String,
    /// What the origin answers for a path; that it has no such thing for others, and nothing at all
    /// while it is down.
    pub(crate) documents: BTreeMap<&'static str, (StatusCode, String)>,
    pub(crate) origin_is_down: bool,
    /// What the mirror answers; nothing while it is down.
    pub(crate) mirror: Option<Response<&'static str>>,
    /// What the repository answers to a request; nothing while it is down.
    pub(crate) repository: Option<Repository>,
    /// Every request that reached the origin, the mirror or the repository.
    pub(crate) requests: Vec<Request<()>>,
    /// The cache, with the time of each insertion.
    pub(crate) cache: BTreeMap<CacheKey, (UnixTime, Entry)>,
}

/// Where the entitlement lives.
pub(crate) const ENTITLEMENT: &str = "/edge/entitlements";
/// Where the record of [`UUID`] lives.
pub(crate) const FILE: &str = "/edge/files/dcp/10b5aa79-0595-47c6-9871-31a9151a8d56";
/// A file.
pub(crate) const UUID: &str = "10b5aa79-0595-47c6-9871-31a9151a8d56";

impl World {
    /// All is well, and the subject may read [`UUID`].
    pub(crate) fn new() -> Self {
        let entitlement = serde_json::to_string(&entitlement(&["open"])).unwrap();
        let file = Response::builder()
            .header("content-length", "15")
            .header("etag", "\"e\"")
            .header("server", "mirror")
            .body("Contents of foo");
        Self {
            now: NOW,
            has_secret: true,
            shared_key: "AQID".repeat(11),
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
}

impl Platform for World {
    type Body = &'static str;
    type Lead = CacheKey;

    fn now(&self) -> UnixTime {
        self.now
    }

    fn edge_secret(&mut self) -> Option<EdgeSecret> {
        self.has_secret.then(|| EdgeSecret::new(&[7; 32]).unwrap())
    }

    fn secret(&mut self, name: &str) -> Option<Vec<u8>> {
        let is_there = name == "build_tokens" && !self.shared_key.is_empty();
        is_there.then(|| self.shared_key.clone().into_bytes())
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

    fn ask_origin(&mut self, call: Request<()>) -> Result<Response<Vec<u8>>, Unreachable> {
        let path = call.uri().path().to_owned();
        self.requests.push(call);
        if self.origin_is_down {
            return Err(Unreachable);
        }
        let reason = if path == ENTITLEMENT {
            "session_missing"
        } else {
            "file_unknown"
        };
        let absent = (
            StatusCode::NOT_FOUND,
            json!({ "reason": reason }).to_string(),
        );
        let (status, body) = self.documents.get(path.as_str()).unwrap_or(&absent);
        Ok(Response::builder()
            .status(status)
            .body(body.clone().into_bytes())
            .unwrap())
    }

    fn pass_to_origin(
        &mut self,
        request: Request<()>,
    ) -> Result<Response<&'static str>, Unreachable> {
        self.requests.push(request);
        match self.origin_is_down {
            true => Err(Unreachable),
            false => Ok(Response::new("from the origin")),
        }
    }

    fn fetch_from_repository(
        &mut self,
        backend: &str,
        request: Request<()>,
    ) -> Result<Response<&'static str>, Unreachable> {
        assert_eq!(backend, "terra");
        let answer = self.repository.as_ref().ok_or(Unreachable)?;
        let answer = answer(&request);
        self.requests.push(request);
        Ok(answer)
    }

    fn fetch_from_mirror(
        &mut self,
        request: Request<()>,
    ) -> Result<Response<&'static str>, Unreachable> {
        self.requests.push(request);
        self.mirror.clone().ok_or(Unreachable)
    }
}
