//! Files that are not mirrored, as whole requests.

use http::{HeaderValue, Request as HttpRequest, Response, StatusCode};
use serde_json::{Value, json};

use crate::answer::Body;
use crate::contract::endpoint::{ACCESS_TOKEN, REFRESH};
use crate::platform::Payload;
use crate::testing::{
    self, ENTITLEMENT, FILE, NOW, Repository, UUID, World, claims, get, record, sign, token,
};

/// A world whose file is at `https://data.example/files/1?a=b` alone.
fn world(repository: Repository) -> World {
    let mut world = World::new();
    let mut record = record();
    record.as_object_mut().unwrap().remove("mirror_key");
    record["repository_url"] = json!("https://data.example/files/1?a=b");
    world
        .documents
        .insert(FILE, (StatusCode::OK, record.to_string()));
    world.documents.insert(ACCESS_TOKEN, access_token(1));
    world.documents.insert(REFRESH, access_token(2));
    world.repository = Some(repository);
    world
}

fn access_token(version: u64) -> (StatusCode, String) {
    let token = json!({
        "issuer": "https://azul.example",
        "subject": "google#1",
        "access_token": format!("ya29.version{version}"),
        "use_until": NOW.plus(3540).seconds(),
        "expires_at": NOW.plus(3600).seconds(),
        "version": version,
    });
    (StatusCode::OK, token.to_string())
}

fn ask(world: &mut World, prefix: &str) -> (Response<Body<String>>, Value) {
    ask_with(&token(), world, prefix)
}

fn ask_with(azat: &str, world: &mut World, prefix: &str) -> (Response<Body<String>>, Value) {
    let request = get(&format!("{prefix}/repository/files/{UUID}"), Some(azat));
    testing::ask(world, &request)
}

fn outcome(world: &mut World) -> (u16, String) {
    let (response, line) = ask(world, "");
    let reason = line["reason"].as_str().unwrap_or("none").to_owned();
    (response.status().as_u16(), reason)
}

fn count(world: &World, path: &str) -> usize {
    world.paths().iter().filter(|own| **own == path).count()
}

fn status(status: u16) -> Response<&'static str> {
    Response::builder()
        .status(status)
        .body("Contents of foo")
        .unwrap()
}

fn wants_version_2(request: &HttpRequest<Payload>) -> Response<&'static str> {
    match request.headers()["authorization"] == "Bearer ya29.version2" {
        true => status(200),
        false => status(401),
    }
}

#[test]
fn a_file_comes_from_the_repository_with_the_users_access_token() {
    let mut world = world(|_| status(200));
    let (response, _) = ask(&mut world, "");
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(
        *response.body(),
        Body::Upstream("Contents of foo".to_owned())
    );
    assert_eq!(response.headers()["content-length"], "15");
    assert_eq!(world.paths(), [ENTITLEMENT, FILE, ACCESS_TOKEN, "/files/1"]);
    let to_repository = world.requests.last().unwrap();
    assert_eq!(to_repository.uri(), "/files/1?a=b");
    assert_eq!(
        to_repository.headers()["authorization"],
        "Bearer ya29.version1"
    );
    assert!(to_repository.headers()["authorization"].is_sensitive());
    assert_eq!(to_repository.headers().len(), 2);

    assert_eq!(outcome(&mut world).0, 200);
    assert_eq!(count(&world, ACCESS_TOKEN), 1);
}

#[test]
fn an_access_token_is_used_for_as_long_as_the_origin_says() {
    let mut world = world(|_| status(200));
    world.documents.insert(ACCESS_TOKEN, {
        let ends = NOW.plus(100).seconds();
        let token = json!({"issuer": "https://azul.example", "subject": "google#1", "access_token": "ya29.short", "use_until": ends - 60, "expires_at": ends, "version": 1});
        (StatusCode::OK, token.to_string())
    });
    assert_eq!(outcome(&mut world).0, 200);
    world.now = NOW.plus(39);
    assert_eq!(outcome(&mut world).0, 200);
    assert_eq!(count(&world, ACCESS_TOKEN), 1);
    world.now = NOW.plus(40);
    assert_eq!(outcome(&mut world).0, 200);
    assert_eq!(count(&world, ACCESS_TOKEN), 2);
    // Nobody has a newer one: the old one serves to its end, and not beyond.
    world
        .documents
        .insert(ACCESS_TOKEN, (StatusCode::BAD_GATEWAY, String::new()));
    world.now = NOW.plus(50);
    assert_eq!(outcome(&mut world).0, 200);
    world.now = NOW.plus(100);
    assert_eq!(outcome(&mut world), (503, "origin_unavailable".into()));
}

#[test]
fn a_token_that_is_not_taken_is_replaced_once() {
    let mut world = world(wants_version_2);
    assert_eq!(outcome(&mut world).0, 200);
    assert_eq!(count(&world, "/files/1"), 2);
    let refresh = world
        .requests
        .iter()
        .find(|request| request.uri().path() == REFRESH)
        .unwrap();
    assert_eq!(refresh.uri().query(), Some("version=1"));
    // The new one is there for all who come.
    assert_eq!(outcome(&mut world).0, 200);
    assert_eq!(count(&world, "/files/1"), 3);
    assert_eq!(count(&world, REFRESH), 1);
}

#[test]
fn a_repository_that_takes_no_token_does_not_cost_a_refresh_per_file() {
    let mut world = world(|_| status(401));
    let refused = (404, "repository_refused".to_owned());
    assert_eq!(outcome(&mut world), refused);
    for _ in 0..5 {
        assert_eq!(outcome(&mut world), refused);
    }
    // Once with the first token's version, once with the newest's, which stays the newest.
    assert_eq!(count(&world, REFRESH), 2);
}

#[test]
fn refusals_are_final_and_trouble_is_not() {
    let rows: [(Repository, u16, &str); 10] = [
        (|_| status(403), 404, "repository_refused"),
        (|_| status(404), 404, "repository_refused"),
        (|_| status(429), 503, "repository_unavailable"),
        (|_| status(500), 503, "repository_unavailable"),
        (|_| status(503), 503, "repository_unavailable"),
        (|_| redirect("http://data.example/1"), 501, "answer_wrong"),
        (|_| redirect("https://azul.example/1"), 501, "answer_wrong"),
        (|_| redirect("/relative"), 501, "answer_wrong"),
        (|_| status(304), 501, "answer_wrong"),
        (|_| redirect("https://storage.example/1?sig=x"), 302, "none"),
    ];
    for (index, (repository, status, reason)) in rows.into_iter().enumerate() {
        let mut world = world(repository);
        assert_eq!(outcome(&mut world), (status, reason.to_owned()), "{index}");
    }
    let mut down = world(|_| status(200));
    down.repository = None;
    assert_eq!(outcome(&mut down), (503, "repository_unavailable".into()));
}

fn redirect(location: &str) -> Response<&'static str> {
    let mut response = status(307);
    response
        .headers_mut()
        .insert("location", HeaderValue::from_str(location).unwrap());
    response
}

#[test]
fn a_redirect_is_passed_on_and_not_followed() {
    let mut world = world(|_| redirect("https://storage.example/1?sig=x"));
    let (response, line) = ask(&mut world, "");
    assert_eq!(response.status(), StatusCode::FOUND);
    assert_eq!(
        response.headers()["location"],
        "https://storage.example/1?sig=x"
    );
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(!line.to_string().contains("sig"));

    let (emulated, _) = ask(&mut world, "/fetch");
    let Body::Text(text) = emulated.body() else {
        panic!("expected a text");
    };
    let expected = json!({"Status": 302, "Location": "https://storage.example/1?sig=x"});
    assert_eq!(serde_json::from_str::<Value>(text).unwrap(), expected);
    world.repository = Some(|_| status(200));
    assert_eq!(
        ask(&mut world, "/fetch").1["reason"],
        "file_not_downloadable"
    );
}

#[test]
fn an_access_token_goes_to_listed_hosts_only() {
    for url in [
        "https://evil.example/files/1",
        "https://data.example:8443/1",
        "http://127.0.0.1:1/1",
    ] {
        let mut world = world(|_| status(200));
        let mut record: Value = serde_json::from_str(&world.documents[FILE].1).unwrap();
        record["repository_url"] = json!(url);
        world
            .documents
            .insert(FILE, (StatusCode::OK, record.to_string()));
        assert_eq!(
            outcome(&mut world),
            (404, "file_not_downloadable".into()),
            "{url}"
        );
        assert_eq!(count(&world, ACCESS_TOKEN), 0, "{url}");
    }
}

#[test]
fn without_an_access_token_the_reason_is_told() {
    let rows = [
        (404, "session_missing", 401, "session_missing"),
        (410, "session_revoked", 401, "session_revoked"),
        (
            503,
            "identity_provider_unavailable",
            503,
            "identity_provider_unavailable",
        ),
        (401, "token_revoked", 401, "token_revoked"),
        (401, "token_invalid", 503, "origin_unavailable"),
        (500, "", 503, "origin_unavailable"),
    ];
    for (given, problem, status, reason) in rows {
        for path in [ACCESS_TOKEN, REFRESH] {
            let mut world = world(wants_version_2);
            let given = StatusCode::from_u16(given).unwrap();
            let problem = json!({ "reason": problem }).to_string();
            world.documents.insert(path, (given, problem));
            assert_eq!(outcome(&mut world), (status, reason.to_owned()), "{path}");
        }
    }
}

#[test]
fn a_revoked_session_is_not_revived_by_what_is_cached() {
    let mut world = world(|_| status(200));
    assert_eq!(outcome(&mut world).0, 200);
    let revoked = (
        StatusCode::GONE,
        json!({"reason": "session_revoked"}).to_string(),
    );
    world.documents.insert(ACCESS_TOKEN, revoked);
    world.now = NOW.plus(3540);
    world.documents.insert(ENTITLEMENT, {
        let mut entitlement = testing::entitlement(&["open"]);
        entitlement.fresh_until = world.now.plus(60);
        entitlement.stale_until = world.now.plus(120);
        (StatusCode::OK, serde_json::to_string(&entitlement).unwrap())
    });
    // The good token's day is not over, but its entitlement and record are asked for anew.
    let mut record: Value = serde_json::from_str(&world.documents[FILE].1).unwrap();
    record["fresh_until"] = json!(world.now.plus(60).seconds());
    record["stale_until"] = json!(world.now.plus(120).seconds());
    world
        .documents
        .insert(FILE, (StatusCode::OK, record.to_string()));
    assert_eq!(outcome(&mut world), (401, "session_revoked".into()));
    world
        .documents
        .insert(ACCESS_TOKEN, (StatusCode::BAD_GATEWAY, String::new()));
    world.now = world.now.plus(5);
    assert_eq!(outcome(&mut world), (503, "origin_unavailable".into()));
}

#[test]
fn a_new_azat_has_nothing_to_do_with_the_session_before() {
    let mut world =
        world(
            |request| match request.headers()["authorization"] == "Bearer ya29.version2" {
                true => status(200),
                false => status(403),
            },
        );
    assert_eq!(outcome(&mut world), (404, "repository_refused".into()));
    // The user signs in again, with more rights.
    world.documents.insert(ACCESS_TOKEN, access_token(2));
    let mut claims = claims();
    claims["jti"] = json!("1");
    let new = sign(r#"{"alg":"RS256","kid":"k1"}"#, &claims.to_string());
    assert_eq!(ask_with(&new, &mut world, "").0.status(), StatusCode::OK);
}

#[test]
fn tokens_without_a_counter_share_no_access_token() {
    let mut world = world(|_| status(200));
    let mut claims = claims();
    claims["iat"] = json!(NOW.seconds() - 1);
    let another = sign(r#"{"alg":"RS256","kid":"k1"}"#, &claims.to_string());
    for azat in [token(), token(), another] {
        assert_eq!(ask_with(&azat, &mut world, "").0.status(), StatusCode::OK);
    }
    assert_eq!(count(&world, ACCESS_TOKEN), 2);
}
