//! Tests of [`super`], as whole requests: what becomes of a record that the mirror contradicts.

use http::{Request as HttpRequest, Response, StatusCode};
use serde_json::{Value, json};

use crate::contract::endpoint::ACCESS_TOKEN;
use crate::platform::Payload;
use crate::testing::{ENTITLEMENT, FILE, NOW, UUID, World, ask, entitlement, get, record, token};

/// A world whose mirror contradicts what the origin said a while ago.
fn world(mirror: Response<&'static str>) -> World {
    let mut world = World::new();
    assert_eq!(outcome(&mut world).0, 200);
    world.later(10);
    world.requests.clear();
    world.mirror = Some(mirror);
    world
}

fn outcome(world: &mut World) -> (u16, Value) {
    let request = get(&format!("/repository/files/{UUID}"), Some(&token()));
    let (response, line) = ask(world, &request);
    (response.status().as_u16(), line["reason"].clone())
}

fn gone() -> Response<&'static str> {
    Response::builder().status(404).body("").unwrap()
}

fn longer() -> Response<&'static str> {
    let answer = Response::builder().header("content-length", "16");
    answer.body("Contents of foo!").unwrap()
}

/// What the origin says of the file by now.
fn set(world: &mut World, members: Value) {
    let mut record = record();
    for (name, value) in members.as_object().unwrap() {
        record[name] = value.clone();
    }
    world
        .documents
        .insert(FILE, (StatusCode::OK, record.to_string()));
}

fn calls(world: &World) -> usize {
    world.paths().iter().filter(|path| **path == FILE).count()
}

fn mirrored(world: &World) -> usize {
    let of_mirror = |path: &&&str| path.starts_with("/file/");
    world.paths().iter().filter(of_mirror).count()
}

#[test]
fn a_record_that_the_mirror_contradicts_is_asked_for_once_more() {
    let mut world = world(longer());
    set(
        &mut world,
        json!({"size": 16, "mirror_key": "file/b.sha256"}),
    );
    assert_eq!(outcome(&mut world), (200, Value::Null));
    assert_eq!((calls(&world), mirrored(&world)), (1, 2));
    // The new record is what others get.
    assert_eq!(outcome(&mut world), (200, Value::Null));
    assert_eq!((calls(&world), mirrored(&world)), (1, 3));
}

#[test]
fn a_record_is_asked_for_again_as_often_as_a_file_that_is_not_there() {
    for mirror in [gone(), longer()] {
        let mut world = world(mirror);
        for _ in 0..4 {
            assert_ne!(outcome(&mut world).0, 200);
        }
        // The mirror is not asked twice for the same.
        assert_eq!((calls(&world), mirrored(&world)), (1, 4));
        world.later(5);
        outcome(&mut world);
        assert_eq!(calls(&world), 2);
    }
}

#[test]
fn what_the_mirror_does_not_have_comes_from_the_repository() {
    fn repository(_: &HttpRequest<Payload>) -> Response<&'static str> {
        Response::new("Contents of foo")
    }
    let mut world = world(gone());
    set(
        &mut world,
        json!({"repository_url": "https://data.example/1"}),
    );
    let access_token = json!({
        "issuer": "https://azul.example", "subject": "google#1", "access_token": "ya29.a",
        "use_until": NOW.plus(3_540).seconds(), "expires_at": NOW.plus(3_600).seconds(),
        "version": 1,
    });
    world
        .documents
        .insert(ACCESS_TOKEN, (StatusCode::OK, access_token.to_string()));
    world.repository = Some(repository);
    assert_eq!(outcome(&mut world), (200, Value::Null));
    // If it is in trouble, that may pass.
    world.repository = None;
    assert_eq!(outcome(&mut world), (503, "repository_unavailable".into()));
    // If it does not give the file to this user, the mirror's fault is what there is to mend.
    world.repository = Some(|_| Response::builder().status(403).body("").unwrap());
    assert_eq!(outcome(&mut world), (501, "file_missing".into()));
}

#[test]
fn a_file_that_has_moved_out_of_reach_is_not_delivered() {
    let mut world = world(longer());
    set(
        &mut world,
        json!({"size": 16, "source": "other", "mirror_key": "file/b.sha256"}),
    );
    assert_eq!(outcome(&mut world), (404, "source_refused".into()));
    assert_eq!(mirrored(&world), 1);
}

#[test]
fn while_the_origin_is_down_the_doubt_passes() {
    let mut world = world(gone());
    world.origin_is_down = true;
    // The record may be old, and nobody knows better.
    assert_eq!(outcome(&mut world), (503, "origin_unavailable".into()));
}

#[test]
fn a_record_of_this_moment_is_not_doubted() {
    let mut world = World::new();
    world.mirror = Some(gone());
    let entitlement = serde_json::to_string(&entitlement(&["open"])).unwrap();
    world
        .documents
        .insert(ENTITLEMENT, (StatusCode::OK, entitlement));
    outcome(&mut world);
    assert_eq!((calls(&world), mirrored(&world)), (1, 1));
}
