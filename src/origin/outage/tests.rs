//! Tests of [`super`], as whole requests.

use std::time::Duration;

use http::StatusCode;
use serde_json::Value;

use crate::contract::endpoint::ACCESS_TOKEN;
use crate::platform::Payload;
use crate::testing::{
    ENTITLEMENT, FILE, NOW, UUID, World, ask, entitlement, get, record, token_of,
};

/// A request of that subject, which may read the file: status, milliseconds, calls to the origin.
fn read(world: &mut World, subject: &str) -> (u16, u128, usize) {
    let mut document = entitlement(&["open"]);
    document.subject = subject.into();
    document.fresh_until = world.now.plus(60);
    document.stale_until = world.now.plus(10_000);
    let document = serde_json::to_string(&document).unwrap();
    world
        .documents
        .insert(ENTITLEMENT, (StatusCode::OK, document));
    if let Some((StatusCode::OK, text)) = world.documents.get_mut(FILE)
        && let Ok(mut file) = serde_json::from_str::<Value>(text)
        && file.get("uuid").is_some()
    {
        file["fresh_until"] = world.now.plus(60).seconds().into();
        file["stale_until"] = world.now.plus(10_000).seconds().into();
        *text = file.to_string();
    }
    let (clock, requests) = (world.clock, calls(world));
    let request = get(
        &format!("/repository/files/{UUID}"),
        Some(&token_of(subject)),
    );
    let (response, _) = ask(world, &request);
    let waited = (world.clock - clock).as_millis();
    (response.status().as_u16(), waited, calls(world) - requests)
}

fn calls(world: &World) -> usize {
    let to_origin = |path: &&str| path.starts_with("/edge/");
    world.paths().into_iter().filter(to_origin).count()
}

const SUBJECTS: [&str; 4] = ["google#1", "google#2", "google#3", "google#4"];

/// All subjects have read the file, and nothing is fresh any more, though all of it may be used.
fn stale() -> World {
    let mut world = World::new();
    for subject in SUBJECTS {
        assert_eq!(read(&mut world, subject).0, 200);
    }
    world.later(100);
    world
}

fn hang(world: &mut World) {
    world.delays.insert(ENTITLEMENT, Duration::MAX);
    world.delays.insert(FILE, Duration::MAX);
}

fn is_short(waited: u128) -> bool {
    (1_000..1_020).contains(&waited)
}

#[test]
fn after_two_subjects_everybody_uses_spares_at_once_and_one_at_a_time_tries_again() {
    let mut world = stale();
    hang(&mut world);
    let (status, waited, calls) = read(&mut world, "google#1");
    assert_eq!((status, calls), (200, 2));
    assert!(is_short(waited), "{waited} ms");
    let (status, waited, _) = read(&mut world, "google#2");
    assert_eq!(status, 200);
    assert!(is_short(waited), "{waited} ms");
    for subject in SUBJECTS {
        assert_eq!(read(&mut world, subject), (200, 0, 0), "{subject}");
    }
    // The period is as long as the longest patience; then somebody tries again.
    world.later(8);
    let (status, waited, calls) = read(&mut world, "google#3");
    assert_eq!((status, calls), (200, 2));
    assert!(is_short(waited), "{waited} ms");
    for subject in SUBJECTS {
        assert_eq!(read(&mut world, subject), (200, 0, 0), "{subject}");
    }
    // The origin is well again: the next one finds out, and everybody asks.
    world.delays.clear();
    world.later(8);
    assert_eq!(read(&mut world, "google#3"), (200, 0, 2));
    for subject in ["google#1", "google#2", "google#4"] {
        assert_eq!(read(&mut world, subject), (200, 0, 1), "{subject}");
    }
}

#[test]
fn a_refused_connection_counts_too() {
    let mut world = stale();
    world.origin_is_down = true;
    assert_eq!(read(&mut world, "google#1"), (200, 0, 2));
    assert_eq!(read(&mut world, "google#2"), (200, 0, 1));
    assert_eq!(read(&mut world, "google#3"), (200, 0, 0));
}

#[test]
fn one_subject_alone_troubles_nobody_else() {
    let mut world = stale();
    hang(&mut world);
    let (_, waited, _) = read(&mut world, "google#1");
    assert!(is_short(waited), "{waited} ms");
    // Its own requests would come to the same anyway.
    assert_eq!(read(&mut world, "google#1"), (200, 0, 0));
    world.delays.clear();
    for subject in ["google#2", "google#3"] {
        assert_eq!(read(&mut world, subject).2, 1, "{subject}");
    }
}

#[test]
fn an_answer_is_no_outage_whatever_it_says() {
    for (status, body) in [
        (StatusCode::INTERNAL_SERVER_ERROR, ""),
        (
            StatusCode::SERVICE_UNAVAILABLE,
            r#"{"reason":"identity_provider_unavailable"}"#,
        ),
        (StatusCode::UNAUTHORIZED, r#"{"reason":"token_invalid"}"#),
        (StatusCode::FORBIDDEN, ""),
        (StatusCode::OK, "{}"),
    ] {
        let mut world = stale();
        let answer = (status, body.to_owned());
        world.documents.insert(FILE, answer);
        for subject in SUBJECTS {
            // Each asks for its own entitlement, at least.
            assert_ne!(read(&mut world, subject).2, 0, "{status} {subject}");
        }
    }
}

#[test]
fn neither_passed_requests_nor_access_tokens_count() {
    let mut world = stale();
    let mut unmirrored = record();
    unmirrored.as_object_mut().unwrap().remove("mirror_key");
    unmirrored["repository_url"] = "https://data.example/1".into();
    unmirrored["fresh_until"] = NOW.plus(10_000).seconds().into();
    world
        .documents
        .insert(FILE, (StatusCode::OK, unmirrored.to_string()));
    world.delays.insert(ACCESS_TOKEN, Duration::MAX);
    for subject in SUBJECTS {
        assert_eq!(read(&mut world, subject).0, 503, "{subject}");
    }
    world.origin_is_down = true;
    for _ in 0..4 {
        let passed = get("/manifest/files/x", None);
        assert_eq!(ask(&mut world, &passed).0.status(), 503);
        assert_eq!(*world.requests.last().unwrap().body(), Payload::Clients);
    }
    world.origin_is_down = false;
    world.delays.clear();
    world.later(100);
    for subject in SUBJECTS {
        assert_ne!(read(&mut world, subject).2, 0, "{subject}");
    }
}

#[test]
fn whoever_has_no_spare_asks_all_the_same() {
    let mut world = stale();
    world.origin_is_down = true;
    for subject in SUBJECTS {
        read(&mut world, subject);
    }
    world.origin_is_down = false;
    let newcomer = read(&mut world, "google#5");
    assert_eq!((newcomer.0, newcomer.2), (200, 2));
    // The origin answers again: that is said to all, but for what each has just met itself.
    world.later(2);
    assert_eq!(read(&mut world, "google#1").2, 1);
}
