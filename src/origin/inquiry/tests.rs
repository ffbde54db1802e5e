//! Tests of [`super`], as whole requests.
//!
//! What a stranger must not learn: whether a file is closed, or not there. Two worlds differ in
//! that alone, and must be asked to do the same, in the same order, whatever happened before.

mod strangers;

use std::time::Duration;

use http::{Response, StatusCode};
use serde_json::Value;

use crate::answer::Body;
use crate::platform::{CacheKey, Read};
use crate::testing::{
    ENTITLEMENT, FILE, NOW, UUID, World, ask, claims, entitlement, get, policy, record, sign,
    token, token_of,
};

/// A stranger's token.
fn strangers() -> String {
    token_of("google#2")
}

/// A world whose policy lets records be used for an hour.
fn world() -> World {
    let mut policy = policy();
    policy.freshness.file.fresh_seconds = 3_600;
    World {
        policy: Read::Present(policy.to_compact()),
        ..World::new()
    }
}

/// What the origin says of the stranger: somebody, who may read nothing here.
fn serve(world: &mut World, subject: &str, sources: &[&str]) {
    let mut document = entitlement(sources);
    document.subject = subject.into();
    document.fresh_until = world.now.plus(60);
    document.stale_until = world.now.plus(360);
    let document = serde_json::to_string(&document).unwrap();
    world
        .documents
        .insert(ENTITLEMENT, (StatusCode::OK, document));
}

/// A request, and what the platform was asked to do meanwhile.
fn request(world: &mut World, token: &str) -> (Response<Body<String>>, Value, Vec<&'static str>) {
    let before = world.clock;
    world.operations.clear();
    let request = get(&format!("/repository/files/{UUID}"), Some(token));
    let (response, line) = ask(world, &request);
    // Time is whole seconds between requests.
    let waited = world.clock - before;
    world.operations.push(match waited.as_millis() {
        0 => "no wait",
        1..1_000 => "a short wait",
        1_000..2_000 => "a wait with a spare",
        _ => "a wait without a spare",
    });
    (response, line, world.operations.clone())
}

/// What a stranger sees of a file.
fn probe(world: &mut World) -> (StatusCode, String, Vec<&'static str>) {
    serve(world, "google#2", &["other"]);
    let (response, _, operations) = request(world, &strangers());
    let headers = format!("{:?}", response.headers());
    (response.status(), headers, operations)
}

/// One of its readers reads the closed file; nobody reads one that is not there.
fn read(world: &mut World) {
    serve(world, "google#1", &["open"]);
    let (response, _, _) = request(world, &token());
    assert_eq!(response.status(), StatusCode::OK);
}

/// Something that happens to both worlds, or to the closed file alone.
enum Event {
    /// One of its readers reads the closed file.
    Reading,
    /// The stranger asks.
    Probe,
    Later(u64),
    OriginDown,
    OriginHangs,
    /// It hangs for files alone.
    FilesHang,
    OriginUp,
    /// It answers for every file with that.
    FilesFail(u16, &'static str),
    /// The entitlement is forgotten, and nothing else.
    Evicted,
}

/// Runs the events in both worlds, and yields what the stranger saw each time: the same.
fn run(events: &[Event]) -> Vec<(StatusCode, Vec<&'static str>)> {
    let mut closed = world();
    let mut absent = world();
    absent.documents.remove(FILE);
    let mut seen = Vec::new();
    let long = |world: &mut World| {
        let mut record = record();
        record["fresh_until"] = world.now.plus(3_600).seconds().into();
        record["stale_until"] = world.now.plus(7_200).seconds().into();
        let record = (StatusCode::OK, record.to_string());
        world.documents.insert(FILE, record);
    };
    for event in events {
        if let Event::Reading = event {
            long(&mut closed);
            read(&mut closed);
            continue;
        }
        if let Event::Probe = event {
            long(&mut closed);
            let (of_closed, of_absent) = (probe(&mut closed), probe(&mut absent));
            assert_eq!(of_closed, of_absent, "at probe {}", seen.len());
            seen.push((of_closed.0, of_closed.2));
            continue;
        }
        for world in [&mut closed, &mut absent] {
            match event {
                Event::Later(seconds) => world.later(*seconds),
                Event::OriginDown => world.origin_is_down = true,
                Event::OriginHangs => {
                    world.delays.insert(ENTITLEMENT, Duration::MAX);
                    world.delays.insert(FILE, Duration::MAX);
                }
                Event::FilesHang => _ = world.delays.insert(FILE, Duration::MAX),
                Event::FilesFail(status, body) => {
                    let status = StatusCode::from_u16(*status).unwrap();
                    world.failing.insert(FILE, (status, (*body).to_owned()));
                }
                Event::OriginUp => {
                    world.origin_is_down = false;
                    world.delays.clear();
                }
                Event::Evicted => {
                    let user = ["azat", "https://azul.example", "google#2"];
                    world.cache.remove(&CacheKey::of("entitlement", &user));
                }
                Event::Reading | Event::Probe => {}
            }
        }
    }
    seen
}

/// The statuses alone.
fn statuses(events: &[Event]) -> Vec<u16> {
    run(events)
        .iter()
        .map(|(status, _)| status.as_u16())
        .collect()
}

use Event::{
    Evicted, FilesFail, FilesHang, Later, OriginDown, OriginHangs, OriginUp, Probe, Reading,
};

#[test]
fn closed_and_absent_take_the_same_steps_while_all_is_well() {
    // Cold for both.
    assert_eq!(
        statuses(&[Probe, Probe, Later(4), Probe, Later(1), Probe]),
        [404; 4]
    );
    // Warm: its readers have just read the closed file, or a while ago.
    for seconds in [0, 4, 5, 59, 60, 61, 359, 360, 361, 3_600, 7_200, 70_000] {
        let events = [
            Reading,
            Later(seconds),
            Probe,
            Probe,
            Later(5),
            Probe,
            Later(60),
            Probe,
        ];
        assert_eq!(statuses(&events), [404; 4], "{seconds} s later");
    }
    // The stranger is known already, and its entitlement fresh, stale, over or evicted.
    for seconds in [5, 59, 60, 359, 360, 500] {
        let events = [Probe, Reading, Later(seconds), Probe, Probe];
        assert_eq!(statuses(&events), [404; 3], "{seconds} s later");
    }
    let events = [Probe, Reading, Later(30), Evicted, Probe, Later(6), Probe];
    assert_eq!(statuses(&events), [404; 3]);
}

#[test]
fn closed_and_absent_take_the_same_steps_while_the_origin_is_down() {
    for seconds in [0, 4] {
        // The origin's word of just now still counts.
        let events = [Probe, Reading, OriginDown, Later(seconds), Probe];
        assert_eq!(statuses(&events), [404, 404], "{seconds} s later");
    }
    for seconds in [5, 59, 60, 61, 359, 360, 3_600, 7_200, 70_000] {
        let warm = [
            Probe,
            Reading,
            OriginDown,
            Later(seconds),
            Probe,
            Probe,
            Later(3),
            Probe,
        ];
        assert_eq!(statuses(&warm), [404, 503, 503, 503], "{seconds} s later");
        let unknown = [
            Reading,
            OriginDown,
            Later(seconds),
            Probe,
            Probe,
            Later(30),
            Probe,
        ];
        assert_eq!(statuses(&unknown), [503; 3], "{seconds} s later");
    }
    let healed = [
        Probe,
        Reading,
        OriginDown,
        Later(60),
        Probe,
        OriginUp,
        Later(9),
        Probe,
    ];
    assert_eq!(statuses(&healed), [404, 503, 404]);
}

#[test]
fn closed_and_absent_take_the_same_steps_while_the_origin_hangs() {
    for seconds in [5, 59, 60, 61, 359, 360, 3_600, 7_200] {
        for hang in [OriginHangs, FilesHang] {
            let events = [
                Probe,
                Reading,
                hang,
                Later(seconds),
                Probe,
                Probe,
                Later(30),
                Probe,
            ];
            assert_eq!(statuses(&events)[0], 404);
            assert_eq!(statuses(&events)[1..], [503; 3], "{seconds} s later");
        }
    }
}

#[test]
fn closed_and_absent_are_told_the_same_whatever_the_trouble_is() {
    let troubles = [
        (500, "", 503),
        (503, r#"{"reason":"store_failed"}"#, 503),
        (403, "", 503),
        (200, "{}", 503),
        (404, "<html>", 503),
        (401, r#"{"reason":"token_invalid"}"#, 503),
        (401, r#"{"reason":"token_revoked"}"#, 401),
    ];
    for (status, body, seen) in troubles {
        for seconds in [5, 61, 400, 3_700] {
            let events = [
                Probe,
                Reading,
                FilesFail(status, body),
                Later(seconds),
                Probe,
                Probe,
            ];
            assert_eq!(
                statuses(&events),
                [404, seen, seen],
                "{status} {body} {seconds} s later"
            );
        }
    }
}

#[test]
fn a_double_miss_asks_for_both_before_it_waits_for_either() {
    let mut world = world();
    world.delays.insert(ENTITLEMENT, Duration::from_millis(300));
    world.delays.insert(FILE, Duration::from_millis(400));
    serve(&mut world, "google#1", &["open"]);
    let (response, _, operations) = request(&mut world, &token());
    assert_eq!(response.status(), StatusCode::OK);
    let waited = world.clock.as_millis();
    assert!((400..420).contains(&waited), "{waited} ms");
    let first_read = operations.iter().position(|own| *own == "read").unwrap();
    let sent = operations.iter().take(first_read);
    assert_eq!(sent.filter(|own| **own == "dispatch").count(), 2);
}

#[test]
fn a_reader_whose_file_is_known_costs_one_call_at_each_expiry() {
    let mut world = world();
    let mut long = record();
    long["fresh_until"] = world.now.plus(3_600).seconds().into();
    world
        .documents
        .insert(FILE, (StatusCode::OK, long.to_string()));
    for minute in 0..3 {
        read(&mut world);
        let calls = world.paths().iter().filter(|path| **path == FILE).count();
        assert_eq!(calls, 1, "minute {minute}");
        world.later(59);
        read(&mut world);
        world.later(1);
    }
}

#[test]
fn rights_that_are_withdrawn_are_gone_with_the_entitlement() {
    let mut world = world();
    read(&mut world);
    world.later(60);
    serve(&mut world, "google#1", &["other"]);
    let (response, line, _) = request(&mut world, &token());
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(line["reason"], "source_refused");
}

#[test]
fn while_the_origin_is_down_its_readers_read_on() {
    let mut world = world();
    read(&mut world);
    world.origin_is_down = true;
    for seconds in [1, 59, 10, 100] {
        world.later(seconds);
        let (response, _, _) = request(&mut world, &token());
        assert_eq!(response.status(), StatusCode::OK);
    }
    world.later(200);
    let (response, line, _) = request(&mut world, &token());
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(line["reason"], "origin_unavailable");
}

/// An older token of the reader.
fn old_token() -> String {
    let mut claims = claims();
    claims["iat"] = (NOW.seconds() - 100).into();
    sign(r#"{"alg":"RS256","kid":"k1"}"#, &claims.to_string())
}

fn revoked() -> (StatusCode, String) {
    let reason = r#"{"reason":"token_revoked"}"#.to_owned();
    (StatusCode::UNAUTHORIZED, reason)
}

#[test]
fn a_revoked_token_does_not_lock_its_owners_good_one_out() {
    let mut world = world();
    for second in 0..200 {
        serve(&mut world, "google#1", &["open"]);
        world.failing.insert(ENTITLEMENT, revoked());
        request(&mut world, &old_token());
        world.failing.clear();
        let (response, line, _) = request(&mut world, &token());
        assert_eq!(response.status(), StatusCode::OK, "{second}: {line}");
        world.later(1);
    }
}

#[test]
fn a_token_that_is_revoked_when_a_record_is_asked_for_stays_out_in_an_outage() {
    let mut world = world();
    read(&mut world);
    world.later(20);
    let another = "10b5aa79-0595-47c6-9871-31a9151a8d57";
    let path = "/edge/files/dcp/10b5aa79-0595-47c6-9871-31a9151a8d57";
    world.failing.insert(path, revoked());
    let other_file = get(&format!("/repository/files/{another}"), Some(&token()));
    assert_eq!(
        ask(&mut world, &other_file).0.status(),
        StatusCode::UNAUTHORIZED
    );
    world.origin_is_down = true;
    for seconds in [0, 6, 60, 200] {
        world.later(seconds);
        let (response, _, _) = request(&mut world, &token());
        assert_ne!(response.status(), StatusCode::OK, "{seconds} s later");
    }
}

#[test]
fn whoever_is_refused_leaves_no_lead_behind() {
    let mut world = world();
    world.delays.insert(FILE, Duration::from_secs(3));
    let fault = (StatusCode::BAD_GATEWAY, String::new());
    world.failing.insert(ENTITLEMENT, fault);
    let (response, _, operations) = request(&mut world, &token());
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    let count = |name| operations.iter().filter(|own| **own == name).count();
    let ended = count("insert") + count("release");
    assert_eq!(count("join"), ended, "{operations:?}");
}
