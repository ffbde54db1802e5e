//! Whole requests, from target and fields to answer and log line.

mod trouble;

use http::header::HeaderName;
use http::{HeaderValue, Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::answer::Body;
use crate::contract::{EDGE_ORIGIN_SECRET, Entitlement};
use crate::log::LogLine;
use crate::platform::{CacheKey, Read};
use crate::request::{Request, Unreadable};
use crate::sandbox::Sandbox;
use crate::testing::{
    ENTITLEMENT, FILE, NOW, UUID, World, ask, ask_in, claims, entitlement, get, jwk, record, sign,
    token,
};

/// The entity tag of the file.
const TAG: &str = "\"sha-256:42de7cc2b84f43bcdfac4197ace00fee6c81b9ee44a977af25fa50f411daa920\"";

fn get_file(token: &str) -> Request {
    get(&format!("/repository/files/{UUID}"), Some(token))
}

fn header<'r, B>(response: &'r Response<B>, name: &str) -> Option<&'r str> {
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
}

/// Where the entitlement of the good token's subject is cached.
fn entitlement_key() -> CacheKey {
    CacheKey::of("entitlement", &["azat", "https://azul.example", "google#1"])
}

/// Status, reason and the number of upstream requests that it cost.
fn outcome(world: &mut World, request: &Request) -> (u16, String, usize) {
    let before = world.requests.len();
    let (response, line) = ask(world, request);
    assert_eq!(line["status"], response.status().as_u16());
    let reason = line["reason"].as_str().unwrap_or("none").to_owned();
    (
        response.status().as_u16(),
        reason,
        world.requests.len() - before,
    )
}

#[test]
fn a_file_is_streamed_to_whoever_may_read_it() {
    let mut world = World::new();
    let mut request = get_file(&token());
    request
        .headers
        .insert("cookie", HeaderValue::from_static("secret=1"));
    let (response, line) = ask(&mut world, &request);

    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(
        *response.body(),
        Body::Upstream("Contents of foo".to_owned())
    );
    assert_eq!(header(&response, "content-length"), Some("15"));
    assert_eq!(header(&response, "content-type"), Some("text/plain"));
    assert_eq!(header(&response, "etag"), Some(TAG));
    assert_eq!(header(&response, "server"), None);
    assert_eq!(header(&response, "x-content-type-options"), Some("nosniff"));
    let disposition = "attachment; filename=\"a b__.txt\"; filename*=UTF-8''a%20b%22%C3%A4.txt";
    assert_eq!(header(&response, "content-disposition"), Some(disposition));
    let digest = "sha-256=:Qt58wrhPQ7zfrEGXrOAP7myBue5EqXevJfpQ9BHaqSA=:";
    assert_eq!(header(&response, "repr-digest"), Some(digest));

    assert_eq!(world.paths(), [ENTITLEMENT, FILE, "/file/a.sha256"]);
    let to_mirror = world.requests.pop().unwrap();
    assert_eq!(to_mirror.headers()["accept-encoding"], "identity");
    assert_eq!(to_mirror.headers().len(), 1);

    assert_eq!(line["route"], "/repository/files/{uuid}");
    assert_eq!(line["system"], "azat");
    assert_eq!(line["reason"], Value::Null);
    assert_eq!(line["file"]["uuid"], UUID);
}

#[test]
fn a_file_is_redirected_to() {
    let mut world = World::new();
    let redirect = get(&format!("/redirect/files/{UUID}"), Some(&token()));
    let (response, _) = ask(&mut world, &redirect);
    assert_eq!(response.status(), StatusCode::FOUND);
    assert_eq!(
        header(&response, "location"),
        Some("https://mirror.example/files/file/a.sha256")
    );
    assert_eq!(header(&response, "cache-control"), Some("no-store"));
    assert_eq!(*response.body(), Body::Empty);

    let fetch = get(&format!("/fetch/repository/files/{UUID}"), Some(&token()));
    let (response, _) = ask(&mut world, &fetch);
    assert_eq!(response.status(), StatusCode::OK);
    let Body::Text(body) = response.body() else {
        panic!("expected a text");
    };
    let expected = json!({"Status": 302, "Location": "https://mirror.example/files/file/a.sha256"});
    assert_eq!(serde_json::from_str::<Value>(body).unwrap(), expected);
}

type Fields<'f> = &'f [(&'static str, &'f str)];

/// A request for the file, with these fields.
fn get_file_with(prefix: &str, fields: Fields) -> Request {
    let mut request = get(&format!("{prefix}/files/{UUID}"), Some(&token()));
    for (name, value) in fields {
        let value = HeaderValue::from_str(value).unwrap();
        request.headers.append(*name, value);
    }
    request
}

#[test]
fn a_part_is_asked_for_and_checked() {
    let mut world = World::new();
    let request = get_file_with("/repository", &[("range", "bytes=3-")]);
    let part = Response::builder()
        .status(206)
        .header("content-range", "bytes 3-14/15")
        .body("tents of foo");
    world.mirror = Some(part.unwrap());
    let (response, _) = ask(&mut world, &request);
    assert_eq!(response.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(header(&response, "content-range"), Some("bytes 3-14/15"));
    let to_mirror = world.requests.pop().unwrap();
    assert_eq!(to_mirror.headers()["range"], "bytes=3-14");
    assert_eq!(to_mirror.headers().len(), 2);

    let (response, line) = ask(&mut World::new(), &request);
    assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
    assert_eq!(line["reason"], "ranges_ignored");
}

#[test]
fn what_the_record_tells_is_told_without_the_mirror() {
    let finished = [("range", "bytes=15-"), ("user-agent", "curl/8.5.0")];
    #[rustfmt::skip]
    let rows: [(Fields, u16, &[&str]); 5] = [
        (&finished, 206, &["etag", "cache-control", "content-length", "x-content-type-options", "content-range"]),
        (&finished[..1], 416, &["etag", "cache-control", "content-length", "x-content-type-options", "content-range"]),
        (&[("if-match", "\"e\"")], 412, &["etag", "cache-control", "content-length", "x-content-type-options"]),
        (&[("if-none-match", TAG)], 304, &["etag", "cache-control"]),
        (&[("if-none-match", "*")], 304, &["etag", "cache-control"]),
    ];
    let mut world = World::new();
    for (fields, status, names) in rows {
        let (response, line) = ask(&mut world, &get_file_with("/repository", fields));
        assert_eq!(response.status(), status, "{fields:?}");
        assert_eq!(*response.body(), Body::Empty, "{fields:?}");
        assert!(response.headers().keys().eq(names), "{fields:?}");
        assert_eq!(header(&response, "etag"), Some(TAG), "{fields:?}");
        assert_eq!(line["reason"], Value::Null, "{fields:?}");
        if names.contains(&"content-range") {
            assert_eq!(header(&response, "content-range"), Some("bytes */15"));
            assert_eq!(header(&response, "content-length"), Some("0"));
        }
    }
    assert_eq!(world.paths(), [ENTITLEMENT, FILE]);
}

#[test]
fn no_condition_opens_what_the_gate_closes() {
    let mut world = World::new();
    let nothing = serde_json::to_string(&entitlement(&["other"])).unwrap();
    world
        .documents
        .insert(ENTITLEMENT, (StatusCode::OK, nothing));
    for field in [
        ("if-none-match", "*"),
        ("if-match", "\"e\""),
        ("range", "bytes=99-"),
    ] {
        let request = get_file_with("/repository", &[field]);
        assert_eq!(outcome(&mut world, &request).1, "source_refused");
    }
}

#[test]
fn preconditions_are_about_files_and_not_about_ways_to_them() {
    let mut world = World::new();
    let conditions = [("if-none-match", TAG), ("if-match", "\"other\"")];
    let status = |world: &mut World, prefix| {
        let request = get_file_with(prefix, &conditions);
        outcome(world, &request).0
    };
    assert_eq!(status(&mut world, "/redirect"), 302);
    assert_eq!(status(&mut world, "/fetch/repository"), 200);
    assert_eq!(status(&mut world, "/repository"), 412);

    // What is not mirrored comes through the edge there too.
    let mut record = record();
    record.as_object_mut().unwrap().remove("mirror_key");
    record["repository_url"] = json!("https://data.example/files/1");
    let mut world = World::new();
    world
        .documents
        .insert(FILE, (StatusCode::OK, record.to_string()));
    assert_eq!(status(&mut world, "/redirect"), 412);
    let had = get_file_with("/redirect", &[("if-none-match", TAG)]);
    assert_eq!(outcome(&mut world, &had), (304, "none".into(), 0));
}

#[test]
fn documents_are_asked_for_once_while_fresh() {
    let mut world = World::new();
    for _ in 0..3 {
        assert_eq!(outcome(&mut world, &get_file(&token())).0, 200);
    }
    let asked = |path: &str| world.paths().iter().filter(|own| **own == path).count();
    assert_eq!(
        (asked(ENTITLEMENT), asked(FILE), asked("/file/a.sha256")),
        (1, 1, 3)
    );
}

#[test]
fn tokens_are_judged_before_anything_is_asked() {
    let header = r#"{"alg":"RS256","kid":"k1"}"#;
    let with = |name: &str, value: Value| {
        let mut claims = claims();
        claims[name] = value;
        sign(header, &claims.to_string())
    };
    let forged = |token: String| {
        let (input, signature) = token.rsplit_once('.').unwrap();
        let other = if signature.starts_with('A') { "B" } else { "A" };
        format!("{input}.{other}{}", &signature[1..])
    };
    let now = NOW.seconds();
    let expired = {
        let mut claims = claims();
        claims["iat"] = json!(now - 1000);
        claims["exp"] = json!(now - 60);
        sign(header, &claims.to_string())
    };
    let rows = [
        ("garbage".to_owned(), "token_malformed"),
        (forged(token()), "token_forged"),
        (expired.clone(), "token_expired"),
        (forged(expired), "token_forged"),
        (
            with("iss", json!("https://other.example")),
            "token_issuer_refused",
        ),
        (
            with("exp", json!(now + 8 * 86_400)),
            "token_lifetime_too_long",
        ),
        (with("iat", json!(now + 61)), "token_not_yet_valid"),
        (with("sub", json!(1)), "token_claims_malformed"),
        (
            sign(r#"{"alg":"RS256","kid":"k2"}"#, &claims().to_string()),
            "token_key_unknown",
        ),
        (
            sign(r#"{"alg":"none","kid":"k1"}"#, &claims().to_string()),
            "token_algorithm_refused",
        ),
        (
            sign(r#"{"alg":"HS256","kid":"k1"}"#, &claims().to_string()),
            "token_algorithm_refused",
        ),
        (
            sign(r#"{"alg":"RS256","crit":[]}"#, &claims().to_string()),
            "token_critical_extension",
        ),
    ];
    let mut world = World::new();
    for (token, reason) in rows {
        assert_eq!(
            outcome(&mut world, &get_file(&token)),
            (401, reason.to_owned(), 0)
        );
    }
}

#[test]
fn a_file_that_is_anothers_and_one_that_is_not_there_look_the_same() {
    let mut refused = World::new();
    let nothing = serde_json::to_string(&entitlement(&["other"])).unwrap();
    refused
        .documents
        .insert(ENTITLEMENT, (StatusCode::OK, nothing));
    let mut unknown = World::new();
    unknown.documents.remove(FILE);

    let (response_refused, line_refused) = ask(&mut refused, &get_file(&token()));
    let (response_unknown, line_unknown) = ask(&mut unknown, &get_file(&token()));
    assert_eq!(response_refused.status(), StatusCode::NOT_FOUND);
    assert_eq!(response_refused.status(), response_unknown.status());
    assert_eq!(response_refused.headers(), response_unknown.headers());
    assert_eq!(response_refused.body(), response_unknown.body());
    assert_eq!(refused.paths(), unknown.paths());
    assert_eq!(line_refused["reason"], "source_refused");
    assert_eq!(line_unknown["reason"], "file_unknown");
}

/// What a stranger sees of a file: status, body, and how often the origin was asked.
fn probe(world: &mut World, seconds: u64) -> (u16, Body<String>, usize) {
    world.now = NOW.plus(seconds);
    let before = world.requests.len();
    let (response, _) = ask(world, &get_file(&token()));
    let status = response.status().as_u16();
    (status, response.into_body(), world.requests.len() - before)
}

#[test]
fn existence_shows_neither_in_time_nor_in_trouble() {
    // Somebody who may read the closed file has just done so: its record is cached, and fresh for
    // long.
    let mut closed = World::new();
    let mut record = record();
    record["fresh_until"] = json!(NOW.plus(60).seconds());
    closed
        .documents
        .insert(FILE, (StatusCode::OK, record.to_string()));
    assert_eq!(probe(&mut closed, 0).0, 200);
    let nothing = serde_json::to_string(&entitlement(&["other"])).unwrap();
    closed
        .documents
        .insert(ENTITLEMENT, (StatusCode::OK, nothing.clone()));
    let record_key = CacheKey::of("file", &["dcp", UUID, "", ""]);
    closed.cache.retain(|key, _| *key == record_key);

    let mut unknown = World::new();
    unknown
        .documents
        .insert(ENTITLEMENT, (StatusCode::OK, nothing));
    unknown.documents.remove(FILE);
    for seconds in [1, 2, 5, 6, 7, 30] {
        assert_eq!(
            probe(&mut closed, seconds),
            probe(&mut unknown, seconds),
            "after {seconds} s"
        );
    }
    closed.origin_is_down = true;
    unknown.origin_is_down = true;
    for seconds in [31, 36, 40] {
        assert_eq!(
            probe(&mut closed, seconds),
            probe(&mut unknown, seconds),
            "after {seconds} s"
        );
    }
    assert_eq!(probe(&mut closed, 50).0, 503);
}

#[test]
fn a_refusal_is_decided_on_a_record_of_the_last_seconds() {
    let mut world = World::new();
    let mut moved = record();
    moved["source"] = json!("other");
    world
        .documents
        .insert(FILE, (StatusCode::OK, moved.to_string()));
    assert_eq!(probe(&mut world, 0).0, 404);
    world
        .documents
        .insert(FILE, (StatusCode::OK, record().to_string()));
    assert_eq!(probe(&mut world, 4).0, 404);
    assert_eq!(probe(&mut world, 5).0, 200);
}

#[test]
fn a_public_file_still_needs_a_session() {
    let mut world = World::new();
    let mut public = record();
    public["public"] = json!(true);
    public["source"] = json!("other");
    world
        .documents
        .insert(FILE, (StatusCode::OK, public.to_string()));
    assert_eq!(outcome(&mut world, &get_file(&token())).0, 200);

    let mut world = World::new();
    world.documents.remove(ENTITLEMENT);
    assert_eq!(
        outcome(&mut world, &get_file(&token())),
        (401, "session_missing".into(), 2)
    );
}

#[test]
fn anothers_entitlement_opens_nothing() {
    let mut world = World::new();
    let mut others = entitlement(&["open"]);
    others.subject = "google#2".into();
    let others = serde_json::to_string(&others).unwrap();
    world
        .documents
        .insert(ENTITLEMENT, (StatusCode::OK, others));
    let (status, reason, _) = outcome(&mut world, &get_file(&token()));
    assert_eq!((status, reason.as_str()), (503, "document_unreadable"));
    assert!(world.cache.iter().all(|(key, _)| *key != entitlement_key()));
}

#[test]
fn trouble_behind_the_edge_is_never_the_clients() {
    type Trouble = fn(&mut World);
    fn mirror(world: &mut World, status: u16) {
        *world.mirror.as_mut().unwrap().status_mut() = StatusCode::from_u16(status).unwrap();
    }
    fn origin(world: &mut World, path: &'static str, status: u16, text: &str) {
        let status = StatusCode::from_u16(status).unwrap();
        world.documents.insert(path, (status, text.to_owned()));
    }
    // What happens, what comes of it, whether repeating helps, and whether an operator is called.
    #[rustfmt::skip]
    let rows: [(Trouble, &str, bool, bool); 13] = [
        (|world| world.origin_is_down = true, "origin_unavailable", true, false),
        (|world| origin(world, FILE, 500, ""), "origin_unavailable", true, false),
        (|world| origin(world, ENTITLEMENT, 401, ""), "origin_unavailable", true, false),
        (|world| origin(world, ENTITLEMENT, 403, ""), "edge_refused", true, true),
        (|world| _ = world.secrets.remove(EDGE_ORIGIN_SECRET), "edge_refused", true, true),
        (|world| origin(world, FILE, 200, "[]"), "document_unreadable", true, true),
        (|world| world.mirror = None, "mirror_unavailable", true, false),
        (|world| mirror(world, 503), "mirror_unavailable", true, false),
        (|world| mirror(world, 429), "mirror_unavailable", true, false),
        (|world| mirror(world, 401), "mirror_refuses_edge", false, true),
        (|world| mirror(world, 404), "file_missing", false, true),
        (|world| mirror(world, 302), "answer_wrong", false, true),
        (|world| mirror(world, 416), "answer_wrong", false, true),
    ];
    for (index, (trouble, reason, is_repeated, is_alarm)) in rows.into_iter().enumerate() {
        let mut world = World::new();
        trouble(&mut world);
        let (response, line) = ask(&mut world, &get_file(&token()));
        let (status, retry_after) = match is_repeated {
            true => (503, Some("10")),
            false => (501, None),
        };
        assert_eq!(response.status(), status, "{index}");
        assert_eq!(header(&response, "retry-after"), retry_after, "{index}");
        assert_eq!(header(&response, "www-authenticate"), None, "{index}");
        assert_eq!(line["reason"], reason, "{index}");
        let alarm = is_alarm.then_some(true);
        assert_eq!(line["alarm"], json!(alarm), "{index}");
    }
}

#[test]
fn a_mirror_in_trouble_says_when_to_come_back() {
    for (told, passed_on) in [("30", "30"), ("3600", "80"), ("soon", "10")] {
        let mut world = World::new();
        let mirror = world.mirror.as_mut().unwrap();
        *mirror.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        let value = HeaderValue::from_static(told);
        mirror.headers_mut().insert("retry-after", value);
        let (response, _) = ask(&mut world, &get_file(&token()));
        assert_eq!(header(&response, "retry-after"), Some(passed_on), "{told}");
    }
}

#[test]
fn without_keys_nothing_is_verified() {
    let mut world = World::new();
    for keys in [
        json!({}),
        json!({"azat": {"keys": []}}),
        json!({"other": {"keys": [jwk("k1")]}}),
    ] {
        world.keys = Read::Present(keys.to_string());
        let (response, line) = ask(&mut world, &get_file(&token()));
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(line["reason"], "keys_missing");
    }
    let mut world = World::new();
    world.keys = Read::Present("{".into());
    let (response, line) = ask(&mut world, &get_file(&token()));
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(line["reason"], "configuration_broken");
    let mut world = World::new();
    world.policy = Read::Present("{".into());
    let (response, line) = ask(&mut world, &get_file(&token()));
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(line["reason"], "configuration_broken");
    assert_eq!(world.requests.len(), 0);
}

#[test]
fn requests_for_the_origin_pass_as_they_are() {
    let mut world = World::new();
    let mut request = get("/manifest/files/k%20%C3%A4?a=%2F&b", Some("ya29.secret"));
    for (name, value) in [
        ("cookie", "c=1"),
        ("host", "azul.example"),
        ("connection", "close, X-Hop"),
        ("x-hop", "1"),
        ("te", "trailers"),
        ("x-inner-service-identity", "thrall"),
        ("x_inner_service_uuid", "1"),
        ("x-forwarded-for", "10.0.0.1"),
        ("forwarded", "for=10.0.0.1"),
        ("x-original-url", "/edge/entitlements"),
        ("x-http-method-override", "POST"),
        ("proxy-authorization", "Basic dTpw"),
        ("signature", "edge=:AA==:"),
        ("signature-input", "edge=()"),
    ] {
        let name = HeaderName::from_static(name);
        request
            .headers
            .insert(name, HeaderValue::from_static(value));
    }
    let (response, line) = ask(&mut world, &request);
    assert_eq!(
        *response.body(),
        Body::Upstream("from the origin".to_owned())
    );
    assert_eq!(line["system"], "google");

    let passed = world.requests.pop().unwrap();
    assert_eq!(passed.uri(), "/manifest/files/k%20%C3%A4?a=%2F&b");
    let names: Vec<_> = passed.headers().keys().map(HeaderName::as_str).collect();
    assert_eq!(names, ["authorization", "cookie"]);

    let (response, line) = ask(&mut world, &get("/manifest/files/k", None));
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(line["system"], "anonymous");
    world.origin_is_down = true;
    assert_eq!(outcome(&mut world, &get("/manifest/files/k", None)).0, 503);
}

#[test]
fn the_edge_alone_says_where_a_client_is() {
    let claims = [
        "forwarded",
        "forwarded-for",
        "x-forwarded",
        "x-forwarded-for",
        "x_forwarded_for",
        "x-original-forwarded-for",
        "fastly-client-ip",
        "fastly-temp-xff",
        "true-client-ip",
        "x-real-ip",
        "x_real_ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-originating-ip",
        "x-azure-clientip",
        "x-remote-addr",
        "cf-connecting-ip",
        "cf-connecting-ipv6",
        "x-envoy-external-address",
    ];
    let mut request = get("/manifest/files/k", None);
    for name in claims {
        let name = HeaderName::from_static(name);
        for value in ["for=10.0.0.1", "10.0.0.1"] {
            let value = HeaderValue::from_static(value);
            request.headers.append(name.clone(), value);
        }
    }
    let forwarded = |address: Option<&str>| {
        let mut world = World {
            client_address: address.map(|address| address.parse().unwrap()),
            ..World::new()
        };
        ask(&mut world, &request);
        let passed = world.requests.pop().unwrap();
        let fields = passed.headers().iter();
        let fields = fields.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
        fields.collect::<Vec<_>>()
    };
    assert_eq!(forwarded(Some("192.0.2.1")), ["forwarded: for=192.0.2.1"]);
    assert_eq!(
        forwarded(Some("2001:db8::1")),
        ["forwarded: for=\"[2001:db8::1]\""]
    );
    assert_eq!(forwarded(None), [""; 0]);
}

#[test]
fn only_the_origin_is_told_where_a_client_is() {
    let mut world = World {
        client_address: Some("192.0.2.1".parse().unwrap()),
        ..World::new()
    };
    let (_, line) = ask(&mut world, &get("/manifest/files/k", None));
    assert!(!line.to_string().contains("192.0.2.1"), "{line}");
    world.requests.clear();
    assert_eq!(outcome(&mut world, &get_file(&token())).0, 200);
    assert!(world.requests.len() >= 3, "two documents and the file");
    for request in &world.requests {
        assert!(!request.headers().contains_key("forwarded"), "{request:?}");
    }
}

#[test]
fn a_token_passes_where_the_origin_verifies_it_itself() {
    let mut world = World::new();
    let (response, line) = ask(&mut world, &get("/user/token", Some("eyJ.not.verified")));
    assert_eq!(
        *response.body(),
        Body::Upstream("from the origin".to_owned())
    );
    assert_eq!(line["system"], "jwt");
    let passed = world.requests.pop().unwrap();
    assert_eq!(passed.headers()["authorization"], "Bearer eyJ.not.verified");
    assert_eq!(
        outcome(&mut world, &get("/user/token", None)).1,
        "credential_missing"
    );
}

#[test]
fn only_what_a_route_takes_gets_anywhere() {
    let rows = [
        (
            get(&format!("/repository/files/{UUID}"), None),
            401,
            "credential_missing",
        ),
        (
            get(&format!("/repository/files/{UUID}"), Some("ya29.x")),
            401,
            "credential_not_accepted",
        ),
        (
            get("/manifest/files/k", Some(&token())),
            401,
            "credential_not_accepted",
        ),
        (
            get("/edge/entitlements", Some(&token())),
            404,
            "route_unknown",
        ),
        (
            get(&format!("/repository/files/{UUID}/"), Some(&token())),
            404,
            "route_unknown",
        ),
        (
            get(&format!("/repository//files/{UUID}"), Some(&token())),
            404,
            "route_unknown",
        ),
        (
            get(&format!("/repository%2ffiles/{UUID}"), Some(&token())),
            404,
            "route_unknown",
        ),
        (
            get("/repository/files/not-a-uuid", Some(&token())),
            404,
            "file_unknown",
        ),
        (
            get(
                &format!("/repository/files/{UUID}?version=1"),
                Some(&token()),
            ),
            400,
            "parameter_invalid",
        ),
        (
            get(
                &format!("/repository/files/{UUID}?catalog=A"),
                Some(&token()),
            ),
            400,
            "parameter_invalid",
        ),
        (
            get(
                &format!("/repository/files/{UUID}?catalog=a&catalog=b"),
                Some(&token()),
            ),
            400,
            "parameter_invalid",
        ),
    ];
    let mut world = World::new();
    for (request, status, reason) in rows {
        assert_eq!(
            outcome(&mut world, &request),
            (status, reason.into(), 0),
            "{}",
            request.url
        );
    }
    let mut post = get_file(&token());
    post.method = Method::POST;
    let (response, _) = ask(&mut world, &post);
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(header(&response, "allow"), Some("GET, HEAD"));
}

#[test]
fn no_token_reaches_the_log_or_the_answer() {
    let token = token();
    let query = format!("/repository/files/{UUID}?token={token}");
    let path = format!("/repository/files/{token}");
    for request in [
        get(&query, None),
        get(&path, Some(&token)),
        get_file(&format!("{token}x")),
    ] {
        let (response, line) = ask(&mut World::new(), &request);
        let told = format!("{line} {:?} {:?}", response.headers(), response.body());
        for part in token.split('.') {
            assert!(!told.contains(part), "{}", line["reason"]);
        }
    }
}

#[test]
fn a_token_seen_before_is_held_to_everything_but_its_signature() {
    let mut sandbox = Sandbox::new();
    let mut reason = |world: &mut World| {
        let (_, line) = ask_in(&mut sandbox, world, &get_file(&token()));
        line["reason"].as_str().map(str::to_owned)
    };
    let mut world = World::new();
    assert_eq!(reason(&mut world), None);
    assert_eq!(reason(&mut world), None);
    world.now = NOW.plus(86_400 + 60);
    assert_eq!(reason(&mut world).as_deref(), Some("token_expired"));

    let mut world = World::new();
    let revoked = Entitlement {
        not_before: NOW.plus(1),
        ..entitlement(&["open"])
    };
    let document = serde_json::to_string(&revoked).unwrap();
    world
        .documents
        .insert(ENTITLEMENT, (StatusCode::OK, document));
    assert_eq!(reason(&mut world).as_deref(), Some("token_revoked"));
}

#[test]
fn what_is_not_decided_on_is_answered_and_logged_like_any_denial() {
    let unreadable = Unreadable("expected a host in the field Host");
    let refused = super::refuse::<String>(unreadable, &Method::GET, NOW);
    let apology = super::apologise::<String>("src/a.rs:1:2".to_owned(), &Method::GET, NOW);
    let expected = [
        (400, "target_invalid", "http_request_denied"),
        (500, "program_broke", "proxy_internal_error"),
    ];
    for ((response, trail), (status, reason, error)) in [refused, apology].iter().zip(expected) {
        assert_eq!(response.status(), status);
        let Body::Text(problem) = response.body() else {
            panic!("expected a problem document");
        };
        let problem: Value = serde_json::from_str(problem).unwrap();
        assert_eq!(problem["reason"], reason);
        assert!(!problem.to_string().contains("src/"), "{problem}");
        let told = format!("azat-edge; error={error}; details=\"{reason}\"");
        assert_eq!(header(response, "proxy-status"), Some(told.as_str()));
        let line = LogLine::of(trail, response.status()).to_json();
        assert!(line.contains(&format!("\"reason\":\"{reason}\"")), "{line}");
        assert_eq!(line.contains("src/a.rs:1:2"), status == 500, "{line}");
    }
}

#[test]
fn a_file_has_the_name_that_is_asked_for_or_its_own() {
    let own = "attachment; filename=\"a b__.txt\"; filename*=UTF-8''a%20b%22%C3%A4.txt";
    let asked = "attachment; filename=\"b.txt\"; filename*=UTF-8''b.txt";
    let cases = [
        ("", own),
        ("fileName=b.txt", asked),
        ("fileName=../b.txt", own),
        ("fileName=", own),
    ];
    for (query, expected) in cases {
        let target = format!("/repository/files/{UUID}?{query}");
        let (response, line) = ask(&mut World::new(), &get(&target, Some(&token())));
        assert_eq!(line["status"], 200, "{query}");
        assert_eq!(
            header(&response, "content-disposition"),
            Some(expected),
            "{query}"
        );
    }
}
