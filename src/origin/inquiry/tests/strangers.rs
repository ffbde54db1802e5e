//! Several strangers, and what is odd about a file's time: still nothing shows.

use std::time::Duration;

use http::StatusCode;

use super::{read, request, serve};
use crate::platform::Read;
use crate::testing::{FILE, NOW, World, ask, claims, get, policy, record, sign, token};

/// The token of a stranger of that number, which lives for a week.
fn token_of(stranger: u32) -> String {
    let mut claims = claims();
    claims["sub"] = format!("google#{stranger}").into();
    claims["exp"] = NOW.plus(600_000).seconds().into();
    sign(r#"{"alg":"RS256","kid":"k1"}"#, &claims.to_string())
}

/// What that stranger sees of the file: status, fields, and what the platform was asked to do.
fn probe(world: &mut World, stranger: u32) -> (StatusCode, String, Vec<&'static str>) {
    serve(world, &format!("google#{stranger}"), &["other"]);
    let (response, _, operations) = request(world, &token_of(stranger));
    let fields = format!("{:?}", response.headers());
    (response.status(), fields, operations)
}

/// A world whose policy lets records be used for that many seconds, fresh and then stale, and
/// another in which the file is not there.
fn worlds(fresh_seconds: u32, stale_seconds: u32) -> [World; 2] {
    let world = || {
        let mut policy = policy();
        policy.freshness.file.fresh_seconds = fresh_seconds;
        policy.freshness.file.stale_seconds = stale_seconds;
        World {
            policy: Read::Present(policy.to_compact()),
            ..World::new()
        }
    };
    let (mut closed, mut absent) = (world(), world());
    last(&mut closed, 3_600, 90_000);
    absent.documents.remove(FILE);
    [closed, absent]
}

/// The origin's record is to be used for that many seconds from now.
fn last(world: &mut World, fresh_seconds: u64, stale_seconds: u64) {
    let mut record = record();
    record["fresh_until"] = world.now.plus(fresh_seconds).seconds().into();
    record["stale_until"] = world.now.plus(stale_seconds).seconds().into();
    world
        .documents
        .insert(FILE, (StatusCode::OK, record.to_string()));
}

/// That stranger sees the same in both worlds.
fn assert_alike([closed, absent]: &mut [World; 2], stranger: u32) {
    assert_eq!(
        probe(closed, stranger),
        probe(absent, stranger),
        "stranger {stranger}"
    );
}

#[test]
fn two_strangers_see_the_same_while_records_hang() {
    let mut worlds = worlds(3_600, 86_400);
    read(&mut worlds[0]);
    for world in &mut worlds {
        world.later(30);
        world.delays.insert(FILE, Duration::MAX);
    }
    assert_alike(&mut worlds, 2);
    assert_alike(&mut worlds, 3);
}

#[test]
fn two_strangers_see_the_same_when_one_calls_while_the_other_does() {
    let mut worlds = worlds(3_600, 86_400);
    read(&mut worlds[0]);
    for world in &mut worlds {
        world.later(30);
        world.delays.insert(FILE, Duration::from_millis(300));
        // What the first would lead, whatever it asks for.
        let keys = world.keys_joined_by(|world| _ = probe(world, 3));
        let until = world.clock + Duration::from_millis(150);
        world
            .led_by_another
            .extend(keys.into_iter().map(|key| (key, until)));
        world.later(60);
    }
    assert_alike(&mut worlds, 2);
}

#[test]
fn the_trouble_of_a_reader_does_not_show() {
    let mut worlds = worlds(3_600, 86_400);
    for world in &mut worlds {
        // The stranger is known.
        serve(world, "google#2", &["other"]);
        let other = "/repository/files/00000000-0000-4000-8000-000000000000";
        ask(world, &get(other, Some(&token_of(2))));
        world.later(6);
        world.delays.insert(FILE, Duration::MAX);
    }
    let [closed, absent] = &mut worlds;
    serve(closed, "google#1", &["open"]);
    let (response, _, _) = request(closed, &token());
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    absent.later(8);
    assert_alike(&mut worlds, 2);
}

#[test]
fn a_record_that_is_hardly_ever_fresh_does_not_show() {
    for (fresh, stale) in [(0, 0), (1, 0), (4, 0), (0, 300), (1, 300)] {
        let mut worlds = worlds(fresh, stale);
        for _ in 0..8 {
            assert_alike(&mut worlds, 2);
            worlds.iter_mut().for_each(|world| world.later(1));
        }
    }
}

#[test]
fn an_origin_whose_clock_lags_does_not_show() {
    let mut worlds = worlds(3_600, 86_400);
    last(&mut worlds[0], 0, 0);
    for _ in 0..8 {
        assert_alike(&mut worlds, 2);
        worlds.iter_mut().for_each(|world| world.later(1));
    }
}

#[test]
fn a_record_and_its_absence_may_be_forgotten_at_different_times() {
    // A version's record is kept longer than its absence, and the newest one's not as long.
    for (record_lasts, later) in [((3_600, 90_000), 87_000), ((60, 360), 400)] {
        let mut worlds = worlds(3_600, 86_400);
        last(&mut worlds[0], record_lasts.0, record_lasts.1);
        assert_alike(&mut worlds, 2);
        for world in &mut worlds {
            world.later(later);
            world.delays.insert(FILE, Duration::MAX);
        }
        assert_alike(&mut worlds, 2);
        assert_alike(&mut worlds, 3);
    }
}
