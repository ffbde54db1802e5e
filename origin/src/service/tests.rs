//! The service as its callers see it.

mod google;
mod manifest_requests;
mod refreshes;
mod slow_provider;
mod users;
mod verdicts;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use azat_edge::contract::signature::{EdgeSecret, SignedParts, sign};
use azat_edge::file::Catalog;
use azat_edge::time::UnixTime;
use azat_testbed::Google;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};
use tower::ServiceExt as _;

use super::refusal::Refusal;
use super::{Origin, OriginFault};
use crate::manifest::{Manifest, ManifestKey, Reader};
use crate::samples::{self, BASE_URL, SUBJECT, UUID, VERSION, file_line, lines, user_line, within};
use crate::server::Incomplete;
use crate::store::{Store, StoreFault};
use crate::token::SigningKey;

const SECRET: [u8; 32] = [1; 32];
const NEXT_SECRET: [u8; 32] = [2; 32];
const NEWER: &str = "2019-01-01T00:00:00.000000Z";
const UNMIRRORED: &str = "90a04bb29d1d0d7ee64e4015f65b281c";

/// A service with a user and some files.
struct Fixture {
    origin: Arc<Origin>,
    manifest: ManifestKey,
    expired_manifest: ManifestKey,
    directory: TempDir,
}

impl Fixture {
    fn new() -> Self {
        Self::with(|origin| origin)
    }

    /// With the service changed.
    fn with(change: impl FnOnce(Origin) -> Origin) -> Self {
        let directory = tempdir().unwrap();
        let store = Store::open_or_create(&directory.path().join("store")).unwrap();
        let now = UnixTime::now();
        store.put_signing_key(samples::signing_key(), now).unwrap();
        let users = lines([user_line(json!({}))]);
        store.import_users(users.as_bytes()).unwrap();
        let files = lines([
            file_line(json!({})),
            file_line(json!({"version": NEWER, "name": "l'\u{e9}t\u{e9} & \"a b\".txt"})),
            file_line(json!({"uuid": UNMIRRORED, "mirror_key": null})),
        ]);
        store.import_files(files.as_bytes()).unwrap();
        let put_manifest = |expires| {
            let key = ManifestKey::generate().unwrap();
            let manifest = Manifest {
                catalog: Catalog::parse("demo").unwrap(),
                sources: None,
                reader: Reader::Operator,
                reader_only: false,
                revision: store.revision().unwrap(),
                expires,
            };
            (store.put_manifest(&key, &manifest, now, u64::MAX).unwrap()).unwrap();
            key
        };
        let (manifest, expired_manifest) = (put_manifest(now.plus(3_600)), put_manifest(now));
        Self {
            origin: Arc::new(change(origin(store))),
            manifest,
            expired_manifest,
            directory,
        }
    }

    fn store_path(&self) -> PathBuf {
        self.directory.path().join("store")
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        answer(self.origin.clone().router(), request).await
    }

    async fn get(&self, target: &str) -> Answer {
        let request = Request::get(target).body(Body::empty()).unwrap();
        self.answer(request).await
    }
}

/// A service over a store.
fn origin(store: Store) -> Origin {
    let secrets = [SECRET, NEXT_SECRET].map(|bytes| EdgeSecret::new(&bytes).unwrap());
    Origin::new(store, BASE_URL.parse().unwrap(), secrets.into()).unwrap()
}

async fn answer(router: Router, request: Request<Body>) -> Answer {
    let answer = async { Answer::of(router.oneshot(request).await.unwrap()).await };
    within("the service's answer", answer).await
}

/// A response, read to its end.
struct Answer {
    status: StatusCode,
    headers: header::HeaderMap,
    body: String,
}

impl Answer {
    async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Self {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(body.into()).unwrap(),
        }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Asserts a problem document with this reason.
    fn assert_refused(&self, status: u16, reason: &str) {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(
            self.header(header::CONTENT_TYPE),
            "application/problem+json"
        );
        assert_eq!(self.header(header::CACHE_CONTROL), "no-store");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert_eq!(problem["reason"], reason);
        assert!(problem["title"].is_string() && problem["detail"].is_string());
    }
}

/// Good claims with `changes` made, signed by `key`.
fn azat(key: &SigningKey, changes: Value) -> String {
    let now = UnixTime::now().seconds();
    let mut claims = json!({"iss": BASE_URL, "sub": SUBJECT, "iat": now, "exp": now + 3_600});
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    signed(key, &claims)
}

/// A JSON Web Token of `key`.
fn signed(key: &SigningKey, claims: &Value) -> String {
    let header = Header {
        kid: Some(key.kid().to_owned()),
        ..Header::new(Algorithm::RS256)
    };
    let encoding_key = EncodingKey::from_rsa_der(key.to_pkcs1_der().unwrap().as_bytes());
    jsonwebtoken::encode(&header, claims, &encoding_key).unwrap()
}

/// A call as the edge makes it.
struct Call {
    method: &'static str,
    target: String,
    authorization: String,
    secret: [u8; 32],
    created: UnixTime,
}

impl Call {
    fn new(method: &'static str, target: impl Into<String>) -> Self {
        Self {
            method,
            target: target.into(),
            authorization: format!("Bearer {}", azat(samples::signing_key(), json!({}))),
            secret: SECRET,
            created: UnixTime::now(),
        }
    }

    fn entitlement() -> Self {
        Self::new("POST", "/edge/entitlements")
    }

    fn file(rest: &str) -> Self {
        Self::new("GET", format!("/edge/files/{rest}"))
    }

    fn with_azat(self, azat: &str) -> Self {
        let authorization = format!("Bearer {azat}");
        Self {
            authorization,
            ..self
        }
    }

    fn signed(&self) -> Request<Body> {
        let (path, query) = match self.target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (self.target.as_str(), None),
        };
        let parts = SignedParts {
            method: self.method,
            path,
            query,
            authorization: &self.authorization,
        };
        let fields = sign(&EdgeSecret::new(&self.secret).unwrap(), parts, self.created);
        Request::builder()
            .method(self.method)
            .uri(&self.target)
            .header("authorization", &self.authorization)
            .header("signature-input", fields.signature_input)
            .header("signature", fields.signature)
            .body(Body::empty())
            .unwrap()
    }
}

#[tokio::test]
async fn keys_are_published_without_their_private_half() {
    let answer = Fixture::new().get("/.well-known/jwks.json").await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "application/jwk-set+json"
    );
    assert_eq!(answer.header(header::CACHE_CONTROL), "public, max-age=300");
    let set = answer.json();
    let members = set["keys"][0].as_object().unwrap();
    assert_eq!(members.len(), 6);
    for public in ["alg", "e", "kid", "kty", "n", "use"] {
        assert!(members.contains_key(public), "{public}");
    }
    assert_eq!(set["keys"][0]["kid"], samples::signing_key().kid());
}

#[tokio::test]
async fn an_entitlement_tells_what_the_subject_may_read() {
    let fixture = Fixture::new();
    let answer = fixture.answer(Call::entitlement().signed()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/json");
    let entitlement = answer.json();
    let fresh_until = entitlement["fresh_until"].as_u64().unwrap();
    assert!(UnixTime::now().seconds().abs_diff(fresh_until - 60) <= 30);
    let expected = json!({
        "issuer": BASE_URL, "subject": SUBJECT, "sources": ["s1", "s2"], "revision": 1,
        "jti_window": [0, 0], "not_before": 0,
        "fresh_until": fresh_until, "stale_until": fresh_until + 300,
    });
    assert_eq!(entitlement, expected);
}

#[tokio::test]
async fn a_subject_without_a_row_has_no_session() {
    let fixture = Fixture::new();
    for subject in [
        "https://accounts.google.com#1",
        "#105096702580025601450",
        "a",
    ] {
        let azat = azat(samples::signing_key(), json!({"sub": subject}));
        let call = Call::entitlement().with_azat(&azat);
        let answer = fixture.answer(call.signed()).await;
        answer.assert_refused(404, "session_missing");
    }
}

#[tokio::test]
async fn a_record_tells_where_a_file_is() {
    let fixture = Fixture::new();
    let target = format!("demo/{UUID}?version={}", VERSION.replace(':', "%3A"));
    let answer = fixture.answer(Call::file(&target).signed()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    let record = answer.json();
    let fresh_until = record["fresh_until"].as_u64().unwrap();
    assert!(UnixTime::now().seconds().abs_diff(fresh_until - 3_600) <= 30);
    let expected = json!({
        "catalog": "demo", "uuid": UUID, "version": VERSION,
        "source": "s1", "public": false, "mirror_key": "file/1f44.sha256", "size": 15,
        "name": "foo.txt", "content_type": "text/plain",
        "digest": {"algorithm": "md5", "hex": "cb4ddb13e6dfa777817ea68ea71183f6"},
        "revision": 2, "fresh_until": fresh_until, "stale_until": fresh_until + 86_400,
    });
    assert_eq!(record, expected);
}

#[tokio::test]
async fn a_record_of_the_newest_version_is_short_lived() {
    let fixture = Fixture::new();
    let answer = fixture
        .answer(Call::file(&format!("demo/{UUID}")).signed())
        .await;
    let record = answer.json();
    assert_eq!(record["name"], "l'\u{e9}t\u{e9} & \"a b\".txt");
    let fresh_until = record["fresh_until"].as_u64().unwrap();
    assert!(UnixTime::now().seconds().abs_diff(fresh_until - 60) <= 30);
    assert_eq!(record["stale_until"], fresh_until + 300);
}

#[tokio::test]
async fn what_names_no_file_is_unknown() {
    let fixture = Fixture::new();
    let unknown = [
        format!("demo-it/{UUID}"),
        format!("demo/{}", UUID.replace('1', "2")),
        format!("demo/{UUID}?version=2018-09-14T12:33:47.221026Z"),
        format!("Demo/{UUID}"),
        "demo/1".to_owned(),
        "demo/%ff".to_owned(),
        format!("demo/..%2Fdemo%2F{UUID}"),
        format!("demo/{UUID}?version="),
        format!("demo/{UUID}?version=newest"),
        format!("demo/{UUID}?version={VERSION}&version={VERSION}"),
    ];
    for rest in unknown {
        let answer = fixture.answer(Call::file(&rest).signed()).await;
        answer.assert_refused(404, "file_unknown");
    }
}

#[tokio::test]
async fn only_the_edge_may_ask() {
    let fixture = Fixture::new();
    let good = || Call::file(&format!("demo/{UUID}?version={VERSION}"));
    let old = UnixTime::from_seconds(UnixTime::now().seconds() - 75);
    let ahead = UnixTime::now().plus(75);
    let other_secret = [3; 32];
    let mut requests = vec![
        Call {
            secret: other_secret,
            ..good()
        }
        .signed(),
        Call {
            created: old,
            ..good()
        }
        .signed(),
        Call {
            created: ahead,
            ..good()
        }
        .signed(),
    ];
    for name in ["authorization", "signature", "signature-input"] {
        let mut without = good().signed();
        let value = without.headers_mut().remove(name).unwrap();
        requests.push(without);
        let mut twice = good().signed();
        twice.headers_mut().append(name, value);
        requests.push(twice);
    }
    let another = azat(
        samples::signing_key(),
        json!({"sub": "https://accounts.google.com#1"}),
    );
    let mut swapped = good().signed();
    let value = format!("Bearer {another}").parse().unwrap();
    swapped.headers_mut().insert("authorization", value);
    requests.push(swapped);
    for target in [
        format!("/edge/files/demo/{UUID}"),
        format!("/edge/files/demo/{UUID}?version={NEWER}"),
        // The same once decoded, but not what was signed.
        format!(
            "/edge/files/demo/{UUID}?version={}",
            VERSION.replace(':', "%3A")
        ),
        format!("/edge/files/dem%6f/{UUID}?version={VERSION}"),
    ] {
        let mut moved = good().signed();
        *moved.uri_mut() = target.parse().unwrap();
        requests.push(moved);
    }
    let mut head = good().signed();
    *head.method_mut() = "HEAD".parse().unwrap();
    let answer = fixture.answer(head).await;
    assert_eq!(answer.status, 403);
    for request in requests {
        fixture
            .answer(request)
            .await
            .assert_refused(403, "edge_signature_invalid");
    }
    assert_eq!(fixture.answer(good().signed()).await.status, 200);
}

#[tokio::test]
async fn two_secrets_are_good_while_they_change() {
    let fixture = Fixture::new();
    for secret in [SECRET, NEXT_SECRET] {
        let call = Call {
            secret,
            ..Call::entitlement()
        };
        assert_eq!(fixture.answer(call.signed()).await.status, 200);
    }
}

#[tokio::test]
async fn the_origin_verifies_the_token_itself() {
    let fixture = Fixture::new();
    let own = samples::signing_key();
    let now = UnixTime::now().seconds();
    let good = azat(own, json!({}));
    let (rest, signature) = good.rsplit_once('.').unwrap();
    let swapped: String = signature.chars().rev().collect();
    let tokens = [
        azat(own, json!({"iat": now - 7_200, "exp": now - 3_600})),
        azat(own, json!({"iat": now + 3_600, "exp": now + 7_200})),
        azat(own, json!({"iat": now, "exp": now + 604_801})),
        azat(own, json!({"iss": "https://other.example"})),
        azat(samples::foreign_key(), json!({})),
        format!("{rest}.{swapped}"),
        format!("{rest}."),
        "ya29.mock_access_token".to_owned(),
        String::new(),
    ];
    for token in &tokens {
        for call in [Call::entitlement(), Call::file(&format!("demo/{UUID}"))] {
            let answer = fixture.answer(call.with_azat(token).signed()).await;
            answer.assert_refused(401, "token_invalid");
            assert_eq!(
                answer.header(header::WWW_AUTHENTICATE),
                r#"Bearer realm="azat", error="invalid_token""#
            );
        }
    }
    let basic = Call {
        authorization: "Basic YTpi".into(),
        ..Call::entitlement()
    };
    let answer = fixture.answer(basic.signed()).await;
    answer.assert_refused(401, "token_invalid");
}

#[tokio::test]
async fn a_manifest_is_what_curl_reads() {
    let fixture = Fixture::new();
    let target = format!("/manifest/files/{}", fixture.manifest.as_str());
    let request = |method| {
        let builder = Request::builder().method(method).uri(&target);
        builder
            .header("host", "evil.example")
            .body(Body::empty())
            .unwrap()
    };
    let answer = fixture.answer(request("GET")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "text/plain; charset=utf-8"
    );
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    let expected = r#"--http1.1

--create-dirs

--compressed

--location

--globoff

--fail

--fail-early

--continue-at -

--write-out "Downloading to: %{filename_effective}\n\n"

url="https://azul.example/repository/files/10b5aa79-0595-47c6-9871-31a9151a8d56?catalog=demo&version=2019-01-01T00%3A00%3A00.000000Z"
output="10b5aa79-0595-47c6-9871-31a9151a8d56/l'été & _a b_.txt"

# File '90a04bb29d1d0d7ee64e4015f65b281c', version '2018-09-14T12:33:47.221025Z' is currently not available in catalog 'demo'.

"#;
    assert_eq!(answer.body, expected);
    let head = fixture.answer(request("HEAD")).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
    assert_eq!(
        head.header(header::CONTENT_LENGTH),
        expected.len().to_string()
    );
}

#[tokio::test]
async fn a_manifest_is_gone_when_it_has_expired() {
    let fixture = Fixture::new();
    let target = format!("/manifest/files/{}", fixture.expired_manifest.as_str());
    let answer = fixture.get(&target).await;
    answer.assert_refused(410, "manifest_expired");
    let detail = "The manifest has expired, please request a new one";
    assert_eq!(answer.json()["detail"], detail);
    for key in ["AAAAAAAAAAAAAAAAAAAAAA", "a", "%ff", "..%2F"] {
        let answer = fixture.get(&format!("/manifest/files/{key}")).await;
        answer.assert_refused(404, "manifest_unknown");
    }
}

#[tokio::test]
async fn nothing_else_is_served() {
    let fixture = Fixture::new();
    for target in [
        "/",
        "/edge",
        "/edge/entitlements",
        "/edge/files/demo",
        "/manifest/files/",
    ] {
        fixture
            .get(target)
            .await
            .assert_refused(404, "route_unknown");
    }
    let post = Request::post("/.well-known/jwks.json")
        .body(Body::empty())
        .unwrap();
    fixture
        .answer(post)
        .await
        .assert_refused(404, "route_unknown");
}

#[tokio::test]
async fn a_failure_may_pass() {
    let refusal = Refusal::StoreFailed(StoreFault::Suspended);
    let answer = Answer::of(refusal.into_response()).await;
    answer.assert_refused(503, "origin_failed");
    assert_eq!(answer.header(header::RETRY_AFTER), "5");
}

#[tokio::test]
async fn what_an_operator_has_to_mend_does_not_pass() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let token = fixture.access_token(&google, google::USER).await;
    fixture.origin.store.spoil_session(SUBJECT);
    let answer = fixture.as_user("GET", "/user/token", &token).await;
    answer.assert_refused(500, "row_unreadable");
    assert_eq!(answer.header(header::RETRY_AFTER), "");
}

#[test]
fn a_service_without_a_key_does_not_start() {
    let directory = tempdir().unwrap();
    let store = Store::open_or_create(&directory.path().join("store")).unwrap();
    let started = Origin::new(store, BASE_URL.parse().unwrap(), Vec::new());
    assert!(matches!(started, Err(OriginFault::NoKey)));
}

#[tokio::test]
async fn what_has_not_arrived_whole_is_refused_on_every_route() {
    let fixture = Fixture::new();
    let refusals = [
        (Incomplete::TooLong, 413, "request_too_long"),
        (Incomplete::TooSlow, 408, "request_too_slow"),
        (Incomplete::Broken, 400, "request_malformed"),
    ];
    for (incomplete, status, reason) in refusals {
        for target in [
            "/.well-known/jwks.json",
            "/healthz",
            "/edge/entitlements",
            "/",
        ] {
            let request = Request::get(target).extension(incomplete);
            let answer = fixture.answer(request.body(Body::empty()).unwrap()).await;
            answer.assert_refused(status, reason);
        }
    }
}
