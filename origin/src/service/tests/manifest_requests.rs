//! Manifests that users ask for.

use axum::body::Body;
use axum::http::{Request, Response, header};
use azat_testbed::Google;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::google::{USER, client};
use super::users::jti;
use super::{Answer, Call, Fixture, NEWER, UNMIRRORED, azat};
use crate::samples::{self, BASE_URL, UUID, VERSION, file_line, lines, user_line};

const TARGET: &str = "/fetch/manifest/files?catalog=demo&format=curl";
const PUBLIC: &str = "00000000000000000000000000000001";
const ELSEWHERE: &str = "00000000000000000000000000000002";

/// Two more files: a public one, and one of another source that only the repository has.
fn more_files(origin: super::Origin) -> super::Origin {
    let files = lines([
        file_line(json!({"uuid": PUBLIC, "source": "s3", "public": true})),
        file_line(json!({
            "uuid": ELSEWHERE, "source": "s2", "mirror_key": null,
            "repository_url": "https://data.example/objects/1?alt=media",
        })),
    ]);
    origin.store.import_files(files.as_bytes()).unwrap();
    origin
}

impl Fixture {
    fn with_more_files(google: &Google) -> Self {
        Self::with(|origin| more_files(origin).with_identity_provider(client(google)))
    }

    async fn anonymous(&self, method: &str, target: &str) -> Answer {
        let request = Request::builder().method(method).uri(target);
        self.answer(request.body(Body::empty()).unwrap()).await
    }

    /// The text of a manifest.
    async fn manifest(&self, found: &Value) -> String {
        self.get(target_of(found)).await.body
    }

    /// Begins to fetch a manifest.
    async fn begin(&self, target: &str) -> Response<Body> {
        let request = Request::get(target).body(Body::empty()).unwrap();
        self.origin.clone().router().oneshot(request).await.unwrap()
    }

    /// A manifest of all that is public of the catalog `long`, not fetched yet.
    async fn long_manifest(&self) -> Value {
        let target = TARGET.replace("demo", "long");
        self.anonymous("PUT", &target).await.json()
    }

    /// The uuids that a manifest lists, and those that it says are not available.
    async fn listed(&self, found: &Value) -> (Vec<String>, Vec<String>) {
        let text = self.manifest(found).await;
        let uuids = |start: &str, end: char| {
            (text.lines())
                .filter_map(|line| line.strip_prefix(start))
                .map(|rest| rest.split(end).next().unwrap().to_owned())
                .collect()
        };
        let url = format!("url=\"{BASE_URL}/repository/files/");
        (uuids(&url, '?'), uuids("# File '", '\''))
    }
}

/// Where a manifest is, below the base URL.
fn target_of(found: &Value) -> &str {
    let location = found["Location"].as_str().unwrap();
    location.strip_prefix(BASE_URL).unwrap()
}

/// The token that a command line's last curl sends.
fn token_of(bash: &str) -> Option<&str> {
    let (_, download) = bash.rsplit_once(" | ").unwrap();
    let (_, rest) = download.split_once("Authorization: Bearer ")?;
    rest.split('"').next()
}

#[tokio::test]
async fn who_has_signed_in_gets_a_command_line_for_a_week() {
    let google = Google::start().unwrap();
    let fixture = Fixture::with_more_files(&google);
    let token = fixture.access_token(&google, USER).await;
    let answer = fixture.as_user("PUT", TARGET, &token).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    let found = answer.json();
    let (bash, url) = (
        found["CommandLine"]["bash"].as_str().unwrap(),
        found["Location"].as_str().unwrap(),
    );
    let azat = token_of(bash).unwrap();
    let expected = json!({
        "Status": 302,
        "Location": url,
        "CommandLine": {
            "bash": format!(r#"curl --location --fail {url} | curl --header "Authorization: Bearer {azat}" --retry 15 --retry-delay 10 --config -"#),
            "cmd.exe": format!(r#"curl.exe --location --fail "{url}" | curl.exe --header "Authorization: Bearer {azat}" --retry 15 --retry-delay 10 --config -"#),
        },
    });
    assert_eq!(found, expected);
    assert_eq!(jti(azat), "0");
    let call = Call::entitlement().with_azat(azat);
    assert_eq!(fixture.answer(call.signed()).await.status, 200);
    let (listed, unavailable) = fixture.listed(&found).await;
    assert_eq!(listed, [UUID, ELSEWHERE, PUBLIC]);
    assert_eq!(unavailable, [UNMIRRORED]);

    let call = Call::file(&format!("demo/{ELSEWHERE}")).with_azat(azat);
    let record = fixture.answer(call.signed()).await.json();
    assert_eq!(
        record["repository_url"],
        "https://data.example/objects/1?alt=media"
    );
    assert!(record.get("mirror_key").is_none());
}

#[tokio::test]
async fn who_has_not_gets_the_token_that_was_sent() {
    let google = Google::start().unwrap();
    let fixture = Fixture::with_more_files(&google);
    let token = google.issue_access_token(USER);
    let found = fixture.as_user("PUT", TARGET, token.reveal()).await.json();
    let bash = found["CommandLine"]["bash"].as_str().unwrap();
    assert_eq!(token_of(bash), Some(token.reveal()));
    assert_eq!(fixture.listed(&found).await.0, [UUID, ELSEWHERE, PUBLIC]);

    let other = google.issue_access_token("2");
    let found = fixture.as_user("PUT", TARGET, other.reveal()).await.json();
    assert_eq!(fixture.listed(&found).await.0, [PUBLIC]);
}

#[tokio::test]
async fn a_stranger_gets_what_is_public() {
    let google = Google::start().unwrap();
    let fixture = Fixture::with_more_files(&google);
    let found = fixture.anonymous("PUT", TARGET).await.json();
    let bash = found["CommandLine"]["bash"].as_str().unwrap();
    assert_eq!(token_of(bash), None);
    let (listed, unavailable) = fixture.listed(&found).await;
    assert_eq!((listed, unavailable.len()), (vec![PUBLIC.to_owned()], 0));
    let without_provider = Fixture::with(more_files);
    assert_eq!(without_provider.anonymous("PUT", TARGET).await.status, 200);

    for token in ["ya29.unknown", ""] {
        let answer = fixture.as_user("PUT", TARGET, token).await;
        answer.assert_refused(401, "token_invalid");
    }
    let azat = azat(samples::signing_key(), json!({}));
    let answer = fixture.as_user("PUT", TARGET, &azat).await;
    answer.assert_refused(400, "token_not_exchangeable");
}

#[tokio::test]
async fn filters_choose_among_what_may_be_read() {
    let google = Google::start().unwrap();
    let fixture = Fixture::with_more_files(&google);
    let token = fixture.access_token(&google, USER).await;
    let ask = async |filters: &str| {
        let filters: String = url::form_urlencoded::byte_serialize(filters.as_bytes()).collect();
        let target = format!("{TARGET}&filters={filters}");
        fixture.as_user("PUT", &target, &token).await
    };
    let found = ask(r#"{"sourceId":{"is":["s2","s3"]}}"#).await.json();
    assert_eq!(fixture.listed(&found).await.0, [ELSEWHERE, PUBLIC]);
    let found = ask("{}").await.json();
    assert_eq!(fixture.listed(&found).await.0.len(), 3);
    for filters in [r#"{"sourceId":{"is":[]}}"#, r#"{"sourceId":{"is":["s9"]}}"#] {
        ask(filters).await.assert_refused(404, "manifest_empty");
    }
    let long = json!({"sourceId": {"is": ["s".repeat(16 * 1024)]}}).to_string();
    for filters in [
        long.as_str(),
        "",
        "[]",
        r#"[{"is":["s1"]}]"#,
        r#"{"sourceId":[["s1"]]}"#,
        r#"{"sourceId":{"is":["s1"]},"fileFormat":{"is":["bam"]}}"#,
        "1",
        r#"{"sourceId":{}}"#,
        r#"{"fileFormat":{"is":["bam"]}}"#,
        r#"{"sourceId":{"is":["s1"],"contains":["s"]}}"#,
    ] {
        ask(filters).await.assert_refused(400, "request_malformed");
    }
    for target in [
        "/fetch/manifest/files",
        "/fetch/manifest/files?catalog=demo",
        "/fetch/manifest/files?catalog=demo&format=curl&filter={}",
        "/fetch/manifest/files?catalog=Demo&format=curl",
        "/fetch/manifest/files?catalog=demo&format=compact",
        "/fetch/manifest/files?catalog=demo&catalog=demo&format=curl",
    ] {
        let answer = fixture.as_user("PUT", target, &token).await;
        answer.assert_refused(400, "request_malformed");
    }
    let target = TARGET.replace("demo", "other");
    let answer = fixture.as_user("PUT", &target, &token).await;
    answer.assert_refused(404, "manifest_empty");
    let call = Call::entitlement();
    let entitlement = fixture.answer(call.signed()).await.json();
    assert_eq!(
        entitlement["jti_window"],
        json!([0, 2]),
        "one for each success"
    );
}

#[tokio::test]
async fn files_with_one_path_are_saved_apart() {
    let bundle = json!({"bundle": UUID, "public": true});
    let mut other = bundle.clone();
    other["uuid"] = PUBLIC.into();
    let fixture = Fixture::with(|origin| {
        let files = lines([bundle, other].map(|changes| {
            let mut line = file_line(changes);
            line["catalog"] = "twins".into();
            line
        }));
        origin.store.import_files(files.as_bytes()).unwrap();
        origin
    });
    let target = TARGET.replace("demo", "twins");
    let found = fixture.anonymous("PUT", &target).await.json();
    let text = fixture.manifest(&found).await;
    let outputs: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("output="))
        .collect();
    let expected = [
        format!("output=\"{UUID}/foo-00000000.txt\""),
        format!("output=\"{UUID}/foo.txt\""),
    ];
    assert_eq!(outputs, expected);
    let remark = format!(
        "named 'foo.txt', is saved as '{UUID}/foo-00000000.txt': another file is in its way."
    );
    assert_eq!(text.matches(&remark).count(), 1, "{text}");
}

#[tokio::test]
async fn a_manifest_lists_what_its_reader_may_read_when_it_is_fetched() {
    let google = Google::start().unwrap();
    let fixture = Fixture::with_more_files(&google);
    let token = fixture.access_token(&google, USER).await;
    let found = fixture.as_user("PUT", TARGET, &token).await.json();
    let strangers = fixture.anonymous("PUT", TARGET).await.json();
    assert_eq!(fixture.listed(&found).await.0, [UUID, ELSEWHERE, PUBLIC]);
    let import_user = |sources: Value| {
        let users = lines([user_line(json!({ "sources": sources }))]);
        fixture.origin.store.import_users(users.as_bytes()).unwrap();
    };
    import_user(json!(["s1"]));
    assert_eq!(fixture.listed(&found).await.0, [UUID, PUBLIC]);
    let withdrawn = lines([file_line(json!({"uuid": PUBLIC, "source": "s3"}))]);
    fixture
        .origin
        .store
        .import_files(withdrawn.as_bytes())
        .unwrap();
    assert_eq!(fixture.listed(&found).await.0, [UUID]);
    let target = target_of(&strangers);
    fixture
        .get(target)
        .await
        .assert_refused(404, "manifest_empty");
    import_user(json!(["s2"]));
    assert_eq!(fixture.listed(&found).await.0, [ELSEWHERE]);
}

#[tokio::test]
async fn a_manifest_names_the_same_versions_each_time() {
    let fixture = Fixture::with(more_files);
    let found = fixture.anonymous("PUT", TARGET).await.json();
    let before = fixture.manifest(&found).await;
    let files = lines([
        file_line(json!({"uuid": PUBLIC, "source": "s3", "public": true, "version": NEWER})),
        file_line(json!({"uuid": UNMIRRORED, "source": "s3", "public": true, "version": NEWER})),
    ]);
    fixture.origin.store.import_files(files.as_bytes()).unwrap();
    assert_eq!(fixture.manifest(&found).await, before);
    let newer = fixture.anonymous("PUT", TARGET).await.json();
    assert_eq!(
        fixture
            .manifest(&newer)
            .await
            .matches(&NEWER.replace(':', "%3A"))
            .count(),
        2
    );
}

/// A service with a catalog, `long`, of so many public files.
fn with_long_catalog(files: usize) -> Fixture {
    Fixture::with(|origin| {
        let files = lines((0..files).map(|number| {
            file_line(json!({"uuid": format!("{number:032}"), "catalog": "long", "public": true}))
        }));
        origin.store.import_files(files.as_bytes()).unwrap();
        origin
    })
}

#[tokio::test]
async fn a_manifest_that_breaks_off_ends_in_a_url_that_fails() {
    let fixture = with_long_catalog(1_000);
    let found = fixture.long_manifest().await;
    let target = target_of(&found);
    let mut pieces = fixture.begin(target).await.into_body().into_data_stream();
    assert!(pieces.next().await.unwrap().is_ok());
    fixture.origin.store.lose();
    let last = pieces.next().await.unwrap().unwrap();
    let url =
        format!("\n\nurl=\"{BASE_URL}/manifest/files/broken-off\"\noutput=\"broken-off\"\n\n");
    assert!(last.ends_with(url.as_bytes()), "{last:?}");
    assert!(
        pieces.next().await.unwrap().is_err(),
        "the connection breaks off as well"
    );
    assert!(pieces.next().await.is_none());
}

#[tokio::test]
async fn files_that_have_gone_elsewhere_are_not_all_looked_at() {
    let fixture = with_long_catalog(1_000);
    let moved = lines((0..1_000).map(|number| {
        file_line(json!({
            "uuid": format!("{number:032}"), "catalog": "long", "version": NEWER,
        }))
    }));
    fixture.origin.store.import_files(moved.as_bytes()).unwrap();
    // A thousand were public once: there may be some among those that were not looked at.
    let found = fixture.long_manifest().await;
    let target = target_of(&found);
    assert_eq!(fixture.get(target).await.body.matches("\nurl=").count(), 0);
}

#[tokio::test]
async fn a_long_manifest_comes_in_pieces() {
    const FILES: usize = 3_000;
    let fixture = with_long_catalog(FILES);
    let found = fixture.long_manifest().await;
    let target = target_of(&found);
    let mut pieces = fixture.begin(target).await.into_body().into_data_stream();
    let (mut longest, mut text) = (0, Vec::new());
    while let Some(piece) = pieces.next().await {
        let piece = piece.unwrap();
        longest = longest.max(piece.len());
        text.extend_from_slice(&piece);
    }
    assert!(longest < 128 * 1024, "{longest} bytes in one piece");
    let text = String::from_utf8(text).unwrap();
    assert_eq!(text.matches("\nurl=").count(), FILES);
    assert_eq!(text.matches("--fail-early").count(), 1);
    assert!(text.ends_with("\n\n"));
}

#[tokio::test]
async fn a_bad_row_is_left_out_and_ends_nothing() {
    let fixture = Fixture::with(more_files);
    let more = lines([file_line(
        json!({"uuid": ELSEWHERE, "source": "s2", "public": true}),
    )]);
    fixture.origin.store.import_files(more.as_bytes()).unwrap();
    let found = fixture.anonymous("PUT", TARGET).await.json();
    fixture
        .origin
        .store
        .spoil_file(&format!("demo/{PUBLIC}/{VERSION}"));
    let (listed, unavailable) = fixture.listed(&found).await;
    assert_eq!(
        (listed, unavailable),
        (vec![ELSEWHERE.to_owned()], vec![PUBLIC.to_owned()])
    );
    let answer = fixture
        .answer(Call::file(&format!("demo/{PUBLIC}")).signed())
        .await;
    answer.assert_refused(404, "file_unknown");
}

#[tokio::test]
async fn a_place_is_given_back_when_a_manifest_is_read_or_left() {
    let fixture = with_long_catalog(1_000);
    let found = fixture.long_manifest().await;
    let target = target_of(&found);
    let mut begun = Vec::new();
    while begun
        .last()
        .is_none_or(|last: &Response<Body>| last.status() == 200)
    {
        assert!(begun.len() < 20);
        begun.push(fixture.begin(target).await);
    }
    assert_eq!((begun.len(), begun[8].status().as_u16()), (9, 429));
    begun.clear();
    for _ in 0..9 {
        let whole = Answer::of(fixture.begin(target).await).await;
        assert_eq!(
            (whole.status.as_u16(), whole.body.matches("\nurl=").count()),
            (200, 1_000)
        );
    }
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let fixture = Fixture::with(more_files);
    let from = async |address: &str| {
        let request = Request::put(TARGET).header("forwarded", format!("for={address}"));
        fixture.answer(request.body(Body::empty()).unwrap()).await
    };
    for _ in 0..20 {
        assert_eq!(from("192.0.2.1").await.status, 200);
    }
    let answer = from("192.0.2.1").await;
    answer.assert_refused(429, "too_many_requests");
    let seconds: u64 = answer.header(header::RETRY_AFTER).parse().unwrap();
    assert!((20..=30).contains(&seconds), "{seconds}");
    assert_eq!(from("192.0.2.2").await.status, 200);

    let target = format!("/manifest/files/{}", fixture.manifest.as_str());
    let mut fetched = 0;
    let refused = loop {
        let answer = fixture.get(&target).await;
        if answer.status != 200 {
            break answer;
        }
        fetched += 1;
        assert!(fetched < 100);
    };
    assert!(fetched >= 60);
    refused.assert_refused(429, "too_many_requests");
}

#[tokio::test]
async fn a_manifest_can_be_for_its_user_alone() {
    let google = Google::start().unwrap();
    let fixture = Fixture::with(|origin| {
        more_files(origin)
            .with_identity_provider(client(&google))
            .with_authenticated_manifests()
    });
    let token = fixture.access_token(&google, USER).await;
    let found = fixture.as_user("PUT", TARGET, &token).await.json();
    let url = found["Location"].as_str().unwrap();
    let bash = found["CommandLine"]["bash"].as_str().unwrap();
    let own = token_of(bash).unwrap();
    let expected =
        format!(r#"curl --location --fail --header "Authorization: Bearer {own}" {url} | "#);
    assert!(bash.starts_with(&expected), "{bash}");

    let target = url.strip_prefix(BASE_URL).unwrap();
    assert_eq!(fixture.as_user("GET", target, own).await.status, 200);
    fixture
        .get(target)
        .await
        .assert_refused(401, "token_invalid");
    let answer = fixture.as_user("GET", target, &token).await;
    answer.assert_refused(401, "token_invalid");
    let anothers = fixture.azat(&google, "2").await;
    let answer = fixture.as_user("GET", target, &anothers).await;
    answer.assert_refused(404, "manifest_unknown");
    fixture.as_user("POST", "/user/revoke", &token).await;
    let answer = fixture.as_user("GET", target, own).await;
    answer.assert_refused(401, "token_revoked");

    let found = fixture.anonymous("PUT", TARGET).await.json();
    assert_eq!(fixture.listed(&found).await.0, [PUBLIC]);
}
