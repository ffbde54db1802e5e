//! What the core's tests share: a signing key, tokens, and a world to answer requests in.

mod world;

pub(crate) use world::{ENTITLEMENT, FILE, Repository, UUID, World};

use std::sync::LazyLock;

use azat_policy::{Policy, Profile};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Method, Response};
use rand::SeedableRng as _;
use rsa::pkcs1v15::SigningKey;
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding as _, Signer as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde_json::{Value, json};

use crate::answer::Body;
use crate::contract::Entitlement;
use crate::credential::Principal;
use crate::gateway::respond;
use crate::log::LogLine;
use crate::platform::Read;
use crate::request::Request;
use crate::sandbox::Sandbox;
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

/// The principal whom a token with these claims proves.
pub(crate) fn principal(claims: &Value) -> Principal {
    let token = sign(r#"{"alg":"RS256","kid":"k1"}"#, &claims.to_string());
    let request = get(&format!("/repository/files/{UUID}"), Some(&token));
    let (_, trail) = respond(&request, &mut Sandbox::new(), &mut World::new());
    trail.principal().unwrap().clone()
}

/// What [`service`] proves itself with.
const KEY_OF_SERVICE: &str = "0123456789abcdef0123456789abcdef";

/// The principal of a service alone.
pub(crate) fn service(name: &str) -> Principal {
    let mut policy: Value = serde_json::from_str(&policy().to_compact()).unwrap();
    policy["fixed_headers"]["key"] = json!({"field": "x-key", "secret": "key", "service": name});
    policy["routes"][0]["accepts"] = json!(["key"]);
    let mut world = World {
        policy: Read::Present(policy.to_string()),
        ..World::new()
    };
    world
        .secrets
        .insert("key".to_owned(), KEY_OF_SERVICE.to_owned());
    let mut request = get(&format!("/repository/files/{UUID}"), None);
    request
        .headers
        .insert("x-key", HeaderValue::from_static(KEY_OF_SERVICE));
    let (_, trail) = respond(&request, &mut Sandbox::new(), &mut world);
    trail.principal().unwrap().clone()
}

/// A good token of that subject.
pub(crate) fn token_of(subject: &str) -> String {
    let mut claims = claims();
    claims["sub"] = subject.into();
    sign(r#"{"alg":"RS256","kid":"k1"}"#, &claims.to_string())
}

/// The profile under which [`token`] is good.
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
        "catalog": "dcp",
        "uuid": UUID,
        "version": "2020-01-01T00:00:00.000000Z",
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

/// A GET of that target, with that bearer token.
pub(crate) fn get(target: &str, token: Option<&str>) -> Request {
    let bearer = |token| HeaderValue::from_str(&format!("Bearer {token}")).unwrap();
    let fields = token.map(|token| (AUTHORIZATION, bearer(token)));
    Request {
        method: Method::GET,
        url: format!("https://azul.example{target}").parse().unwrap(),
        headers: HeaderMap::from_iter(fields),
    }
}

/// A request to a new sandbox in a world: what it answers, and what it logs.
pub(crate) fn ask(world: &mut World, request: &Request) -> (Response<Body<String>>, Value) {
    ask_in(&mut Sandbox::new(), world, request)
}

/// A request to a sandbox in a world: what it answers, and what it logs.
pub(crate) fn ask_in(
    sandbox: &mut Sandbox,
    world: &mut World,
    request: &Request,
) -> (Response<Body<String>>, Value) {
    let (response, trail) = respond(request, sandbox, world);
    let line = LogLine::of(&trail, response.status()).to_json();
    (response, serde_json::from_str(&line).unwrap())
}
