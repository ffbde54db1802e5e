//! The table of `docs/trouble.md`: what a client gets when a part fails.

use std::time::Duration;

use http::StatusCode;
use serde_json::json;

use crate::contract::EDGE_ORIGIN_SECRET;
use crate::contract::endpoint::ACCESS_TOKEN;
use crate::platform::Read;
use crate::testing::{ENTITLEMENT, FILE, UUID, World, ask, entitlement, get, record, token};

/// What fails, and how.
type Trouble = fn(&mut World);

/// The rows, by the names that the page gives them: for a mirrored file, and for one that is not.
#[rustfmt::skip]
fn rows() -> Vec<(&'static str, Trouble)> {
    vec![
        ("Config Store: item `policy` breaks", |world| world.policy = Read::Present("{".into())),
        ("Config Store: item `keys` breaks", |world| world.keys = Read::Present("{".into())),
        ("Config Store: cannot be read", |world| {
            world.policy = Read::Failed;
            world.keys = Read::Failed;
        }),
        ("Config Store: no key for the token's profile", |world| world.keys = Read::Present("{}".into())),
        ("Secret Store: no edge-to-origin secret", |world| _ = world.secrets.remove(EDGE_ORIGIN_SECRET)),
        ("Cache: cannot be read", |world| world.cache_is_down = true),
        ("Origin: refuses connections", |world| world.origin_is_down = true),
        ("Origin: hangs", |world| {
            for path in [ENTITLEMENT, FILE, ACCESS_TOKEN] {
                world.delays.insert(path, Duration::MAX);
            }
        }),
        ("Origin: answers with an error", |world| failing(world, 500, "")),
        ("Origin: does not accept the edge's signature", |world| failing(world, 403, "")),
        ("Origin: does not believe the token", |world| failing(world, 401, r#"{"reason":"token_invalid"}"#)),
        ("Origin: has revoked the token", |world| failing(world, 401, r#"{"reason":"token_revoked"}"#)),
        ("Origin: its documents cannot be read", |world| failing(world, 200, "{}")),
        ("Origin: its documents are too long", |world| failing(world, 200, &" ".repeat(2 << 20))),
        ("Mirror: gives no answer", |world| world.mirror = None),
        ("Mirror: answers with an error", |world| mirror(world, 500, None)),
        ("Mirror: refuses the edge", |world| mirror(world, 403, None)),
        ("Mirror: does not have the file", |world| mirror(world, 404, None)),
        ("Mirror: has a file of another length", |world| mirror(world, 200, Some(("content-length", "16")))),
        ("Mirror: has an encoded file", |world| mirror(world, 200, Some(("content-encoding", "gzip")))),
        ("Mirror: redirects", |world| mirror(world, 302, None)),
    ]
}

/// Those of a file that comes from the repository.
#[rustfmt::skip]
fn rows_of_repository() -> Vec<(&'static str, Trouble)> {
    vec![
        ("Identity provider: gives no new access token", |world| {
            let reason = r#"{"reason":"identity_provider_unavailable"}"#.to_owned();
            world.failing.insert(ACCESS_TOKEN, (StatusCode::SERVICE_UNAVAILABLE, reason));
        }),
        ("Identity provider: has ended the session", |world| {
            let reason = r#"{"reason":"session_revoked"}"#.to_owned();
            world.failing.insert(ACCESS_TOKEN, (StatusCode::GONE, reason));
        }),
        ("Repository: gives no answer", |world| world.repository = None),
        ("Repository: answers with an error", |world| {
            world.repository = Some(|_| http::Response::builder().status(500).body("").unwrap());
        }),
        ("Repository: does not give the user the file", |world| {
            world.repository = Some(|_| http::Response::builder().status(403).body("").unwrap());
        }),
    ]
}

fn failing(world: &mut World, status: u16, body: &str) {
    let answer = (StatusCode::from_u16(status).unwrap(), body.to_owned());
    for path in [ENTITLEMENT, FILE, ACCESS_TOKEN] {
        world.failing.insert(path, answer.clone());
    }
}

fn mirror(world: &mut World, status: u16, field: Option<(&str, &str)>) {
    let mut answer = http::Response::builder().status(status);
    if let Some((name, value)) = field {
        answer = answer.header(name, value);
    }
    world.mirror = Some(answer.body("").unwrap());
}

/// What has been asked for before the trouble begins, and how long ago.
const STATES: [Option<u64>; 3] = [Some(10), Some(100), None];

/// What a client gets: status, reason, and how long it waits.
fn cell(is_mirrored: bool, trouble: Trouble, asked_before: Option<u64>) -> String {
    let mut world = World::new();
    serve(&mut world, is_mirrored);
    let request = get(&format!("/repository/files/{UUID}"), Some(&token()));
    if let Some(seconds) = asked_before {
        assert_eq!(ask(&mut world, &request).0.status(), StatusCode::OK);
        world.later(seconds);
        serve(&mut world, is_mirrored);
    }
    trouble(&mut world);
    let before = world.clock;
    let (response, line) = ask(&mut world, &request);
    let waited = (world.clock - before).as_secs();
    let status = response.status().as_u16();
    let mut told = match line["reason"].as_str() {
        Some(reason) => format!("{status} `{reason}`"),
        None => status.to_string(),
    };
    if waited > 0 {
        told += &format!(" after {waited} s");
    }
    told
}

/// What the origin says by now.
fn serve(world: &mut World, is_mirrored: bool) {
    let now = world.now;
    let mut entitlement = entitlement(&["open"]);
    entitlement.fresh_until = now.plus(60);
    entitlement.stale_until = now.plus(360);
    let mut file = record();
    file["fresh_until"] = now.plus(60).seconds().into();
    file["stale_until"] = now.plus(360).seconds().into();
    if !is_mirrored {
        file.as_object_mut().unwrap().remove("mirror_key");
        file["repository_url"] = "https://data.example/1".into();
        world.repository = Some(|_| http::Response::new("Contents of foo"));
    }
    let access_token = json!({
        "issuer": "https://azul.example", "subject": "google#1", "access_token": "ya29.a",
        "use_until": now.plus(60).seconds(), "expires_at": now.plus(120).seconds(), "version": 1,
    });
    world.documents.extend([
        (
            ENTITLEMENT,
            (StatusCode::OK, serde_json::to_string(&entitlement).unwrap()),
        ),
        (FILE, (StatusCode::OK, file.to_string())),
        (ACCESS_TOKEN, (StatusCode::OK, access_token.to_string())),
    ]);
}

#[test]
fn the_page_tells_what_a_client_gets() {
    let page = include_str!("../../../docs/trouble.md");
    // | what fails | fresh | stale | none | where it is seen on the real edge |
    let told = page
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains(": "))
        .map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect())
        .map(|cells: Vec<_>| cells[1..5].to_vec());
    let mirrored = rows().into_iter().map(|row| (true, row));
    let unmirrored = rows_of_repository().into_iter().map(|row| (false, row));
    let expected = mirrored
        .chain(unmirrored)
        .map(|(is_mirrored, (name, trouble))| {
            let cells = STATES.map(|state| cell(is_mirrored, trouble, state));
            [vec![name.to_owned()], cells.to_vec()].concat()
        });
    let (told, expected): (Vec<_>, Vec<_>) = (told.collect(), expected.collect());
    assert_eq!(told, expected);
}
