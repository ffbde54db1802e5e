//! A whole request in the guest, from its head to the answer's, with cached documents and without a
//! platform.

use std::collections::BTreeMap;
use std::hint::black_box;

use azat_edge::gateway;
use azat_edge::jose::Memory;
use azat_edge::log::LogLine;
use azat_edge::request::Request;
use azat_edge::sandbox::Sandbox;
use azat_edge::time::UnixTime;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use bench_harness::{Input, Signed, Stopwatch};
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use crate::world::World;

const URL: &str = "https://service.azul.example/repository/files/10b5aa79-0595-47c6-9871-31a9151a8d56\
    ?catalog=demo&version=2024-05-06T07:08:09.000000Z";
const LENGTH: u64 = 8192;
const SOURCES: usize = 100;

/// Measures it with a token that is new, and with one seen before in the same sandbox.
pub(crate) fn measure(stopwatch: &Stopwatch, input: &Input) {
    let signed = &input.signed["RS256-2048"];
    let (request, mut world) = (request(signed), world(signed, input.now));
    let mut sandbox = Sandbox::new();
    let mut respond = |sandbox: &mut Sandbox| {
        let (response, trail) = gateway::respond(&request, sandbox, &mut world);
        // Without its JSON.
        black_box(LogLine::of(&trail, response.status()));
        match response.status() {
            StatusCode::OK => Ok(response),
            status => Err(status),
        }
    };
    stopwatch.measure("decision in the guest", || {
        sandbox.memory = Memory::default();
        respond(&mut sandbox)
    });
    stopwatch.measure("decision in the guest, token seen before", || {
        respond(&mut sandbox)
    });
}

fn request(signed: &Signed) -> Request {
    let mut headers = HeaderMap::new();
    let authorization = format!("Bearer {}", signed.token);
    headers.insert("authorization", authorization.parse().expect("a field"));
    headers.insert("accept", "*/*".parse().expect("a field"));
    Request {
        method: Method::GET,
        url: URL.parse().expect("a URL"),
        headers,
    }
}

fn world(signed: &Signed, now: u64) -> World {
    let claims = claims(signed);
    let sources: Vec<_> = (0..SOURCES)
        .map(|number| format!("source-{number:04}"))
        .collect();
    let entitlement = json!({
        "issuer": claims["iss"], "subject": claims["sub"], "sources": sources, "jti_window": [0, 2],
        "not_before": 0, "revision": 1, "fresh_until": now + 60, "stale_until": now + 300,
    });
    let file = json!({
        "catalog": "demo", "uuid": "10b5aa79-0595-47c6-9871-31a9151a8d56",
        "version": "2024-05-06T07:08:09.000000Z",
        "source": sources[0], "public": false, "size": LENGTH, "name": "cell.tsv",
        "mirror_key": "file/42de7cc2b84f43bcdfac4197ace00fee6c81b9ee44a977af25fa50f411daa920.sha256",
        "content_type": "text/tab-separated-values",
        "digest": {
            "algorithm": "sha-256",
            "hex": "42de7cc2b84f43bcdfac4197ace00fee6c81b9ee44a977af25fa50f411daa920",
        },
        "revision": 1, "fresh_until": now + 60, "stale_until": now + 300,
    });
    World {
        now: UnixTime::from_seconds(now),
        keys: json!({"azat": {"keys": [signed.jwk]}}).to_string(),
        entitlement: entitlement.to_string(),
        file: file.to_string(),
        length: LENGTH,
        cache: BTreeMap::new(),
    }
}

fn claims(signed: &Signed) -> Value {
    let payload = signed.token.split('.').nth(1).expect("a payload");
    let payload = BASE64_URL_SAFE_NO_PAD.decode(payload).expect("base64url");
    serde_json::from_slice(&payload).expect("claims")
}
