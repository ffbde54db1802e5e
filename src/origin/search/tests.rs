//! Tests of [`super`], for an entitlement alone.

use std::time::Duration;

use azat_policy::Period;
use http::StatusCode;

use super::{Question, Search};
use crate::contract::{Entitlement, endpoint};
use crate::credential::{BearerToken, Principal};
use crate::origin::Requester;
use crate::origin::call::Call;
use crate::origin::finding::Finding;
use crate::origin::line::Line;
use crate::origin::trouble::Trouble;
use crate::platform::{CacheKey, Entry, Platform as _};
use crate::provenance::Provenance::{self, Cache, Origin, Spare};
use crate::testing::{ENTITLEMENT, NOW, World, claims, entitlement, policy, principal};

const PERIOD: Period = Period {
    fresh_seconds: 60,
    stale_seconds: 300,
};

fn copy_key() -> CacheKey {
    CacheKey::of("entitlement", &["1"])
}

fn answer_key() -> CacheKey {
    CacheKey::of("asking for entitlement", &["1"])
}

type Outcome = Result<(Vec<String>, Provenance), Option<Trouble>>;

/// The sources of the entitlement that is at hand `seconds` later, or why there is none.
fn sources(world: &mut World, seconds: u64) -> Outcome {
    sources_for(world, seconds, "a.b.c")
}

fn sources_for(world: &mut World, seconds: u64, token: &str) -> Outcome {
    world.now = NOW.plus(seconds);
    world.clock = Duration::from_secs(seconds);
    let policy = policy();
    let principal: Principal = principal(&claims());
    let requester = Requester {
        policy: &policy,
        token: BearerToken::new(token),
        user: principal.user().unwrap(),
    };
    let mut line = Line::of(&requester);
    let mut search: Search<'_, _, Entitlement> =
        Search::begin(world, copy_key(), PERIOD, requester.subject());
    if !search.end_with_fresh_copy(world.now) {
        let question = Question {
            call: Call::post(endpoint::ENTITLEMENTS, None),
            key: answer_key(),
            tells_of_outage: true,
        };
        let has_spare = search.copied(world.now).is_some();
        search.ask(world, &mut line, question, has_spare);
        search.finish(world, &mut line);
    }
    let got = search.got().unwrap();
    match got.finding {
        Finding::Found(document) => {
            Ok((document.sources.iter().map(Into::into).collect(), got.from))
        }
        Finding::Absent | Finding::Revoked => Err(None),
        Finding::Trouble(trouble) => Err(Some(trouble)),
    }
}

fn found(source: &str, from: Provenance) -> Outcome {
    Ok((vec![source.to_owned()], from))
}

/// What the origin says from now on.
fn set(world: &mut World, source: &str, revision: u64, fresh_seconds: u64) {
    let mut document = entitlement(&[source]);
    document.revision = revision;
    document.fresh_until = world.now.plus(fresh_seconds);
    document.stale_until = document.fresh_until.plus(300);
    let body = serde_json::to_string(&document).unwrap();
    world.documents.insert(ENTITLEMENT, (StatusCode::OK, body));
}

fn seconds_of(world: &World, key: &CacheKey) -> u64 {
    world.cache[key].1.seconds
}

#[test]
fn a_document_is_asked_for_again_when_it_is_no_longer_fresh() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert_eq!(sources(&mut world, 0), found("a", Origin));
    set(&mut world, "b", 2, 60);
    assert_eq!(sources(&mut world, 4), found("a", Origin));
    assert_eq!(sources(&mut world, 5), found("a", Cache));
    assert_eq!(sources(&mut world, 59), found("a", Cache));
    assert_eq!(sources(&mut world, 60), found("b", Origin));
    assert_eq!(world.requests.len(), 2);
}

#[test]
fn the_policy_caps_what_the_origin_allows() {
    let mut world = World::new();
    set(&mut world, "a", 1, 1_000_000);
    assert!(sources(&mut world, 0).is_ok());
    assert_eq!(seconds_of(&world, &copy_key()), 360);
    assert_eq!(sources(&mut world, 59), found("a", Cache));
    assert_eq!(sources(&mut world, 60), found("a", Origin));
    let mut world = World::new();
    set(&mut world, "a", 1, 10);
    assert!(sources(&mut world, 0).is_ok());
    assert_eq!(seconds_of(&world, &copy_key()), 310);
}

#[test]
fn a_copy_is_held_to_its_own_time_however_long_a_cache_has_it() {
    let mut world = World::new();
    set(&mut world, "a", 1, 3);
    assert!(sources(&mut world, 0).is_ok());
    for (_, entry) in world.cache.values_mut() {
        entry.seconds = 1_000_000;
    }
    set(&mut world, "b", 2, 60);
    assert_eq!(sources(&mut world, 2), found("a", Origin));
    // Neither the copy nor what others have just heard.
    assert_eq!(sources(&mut world, 3), found("b", Origin));
    for (_, entry) in world.cache.values_mut() {
        entry.seconds = 1_000_000;
    }
    world.origin_is_down = true;
    assert_eq!(sources(&mut world, 359), found("b", Spare));
    assert_eq!(sources(&mut world, 360), Err(Some(Trouble::NoAnswer)));
}

#[test]
fn a_stale_document_serves_while_the_origin_is_down_and_not_a_second_longer() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert!(sources(&mut world, 0).is_ok());
    world.origin_is_down = true;
    assert_eq!(sources(&mut world, 60), found("a", Spare));
    // The origin is left alone for a while, then tried again.
    assert_eq!(sources(&mut world, 67), found("a", Spare));
    assert_eq!(world.requests.len(), 2);
    assert_eq!(sources(&mut world, 68), found("a", Spare));
    assert_eq!(world.requests.len(), 3);
    assert_eq!(sources(&mut world, 359), found("a", Spare));
    assert_eq!(sources(&mut world, 360), Err(Some(Trouble::NoAnswer)));
    world.origin_is_down = false;
    set(&mut world, "b", 2, 60);
    assert_eq!(sources(&mut world, 370), found("b", Origin));
}

#[test]
fn a_spare_is_over_when_its_time_is_while_somebody_waits() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert!(sources(&mut world, 0).is_ok());
    world.delays.insert(ENTITLEMENT, Duration::MAX);
    assert_eq!(sources(&mut world, 350), found("a", Spare));
    // It is good when the request begins, and not any more when its patience ends.
    assert_eq!(sources(&mut world, 359), Err(Some(Trouble::NoAnswer)));
}

#[test]
fn a_user_who_is_gone_is_out_at_once_however_stale_the_cache() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert!(sources(&mut world, 0).is_ok());
    world.documents.remove(ENTITLEMENT);
    assert_eq!(sources(&mut world, 60), Err(None));
    assert_eq!(sources(&mut world, 64), Err(None));
    assert_eq!(world.requests.len(), 2);
    set(&mut world, "b", 2, 60);
    assert_eq!(sources(&mut world, 65), found("b", Origin));
}

#[test]
fn trouble_does_not_bring_back_what_the_origin_took_away() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert!(sources(&mut world, 0).is_ok());
    world.documents.remove(ENTITLEMENT);
    assert_eq!(sources(&mut world, 60), Err(None));
    world.origin_is_down = true;
    assert_eq!(sources(&mut world, 65), Err(Some(Trouble::NoAnswer)));
}

#[test]
fn trouble_does_not_bring_a_revoked_token_back() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert!(sources(&mut world, 0).is_ok());
    let revoked = r#"{"reason":"token_revoked"}"#.to_owned();
    world
        .documents
        .insert(ENTITLEMENT, (StatusCode::UNAUTHORIZED, revoked));
    assert_eq!(sources(&mut world, 60), Err(Some(Trouble::TokenRevoked)));
    world.origin_is_down = true;
    // Not even for another token of the same user.
    for seconds in [66, 100] {
        let outcome = sources_for(&mut world, seconds, "d.e.f");
        assert_eq!(outcome, Err(Some(Trouble::NoAnswer)), "after {seconds} s");
    }
}

#[test]
fn a_token_that_the_origin_does_not_believe_leaves_the_copy_alone() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert!(sources(&mut world, 0).is_ok());
    world
        .documents
        .insert(ENTITLEMENT, (StatusCode::UNAUTHORIZED, String::new()));
    // It does not get what others have left, either.
    assert_eq!(sources(&mut world, 60), Err(Some(Trouble::TokenRefused)));
    world.cache.remove(&answer_key());
    world.origin_is_down = true;
    assert_eq!(sources_for(&mut world, 66, "d.e.f"), found("a", Spare));
}

#[test]
fn a_refused_token_is_remembered_for_a_moment_and_nobody_elses_is() {
    let mut world = World::new();
    let good = world.documents.clone();
    world
        .documents
        .insert(ENTITLEMENT, (StatusCode::UNAUTHORIZED, String::new()));
    assert_eq!(sources(&mut world, 0), Err(Some(Trouble::TokenRefused)));
    world.cache.remove(&answer_key());
    for seconds in [0, 1, 4] {
        let outcome = sources(&mut world, seconds);
        assert_eq!(
            outcome,
            Err(Some(Trouble::TokenRefused)),
            "after {seconds} s"
        );
    }
    assert_eq!(world.requests.len(), 1);
    world.documents = good;
    assert_eq!(sources_for(&mut world, 4, "d.e.f"), found("open", Origin));
    assert_eq!(world.requests.len(), 2);
}

#[test]
fn what_is_fresh_is_used_without_a_look_at_the_token() {
    let mut world = World::new();
    assert!(sources(&mut world, 0).is_ok());
    world.operations.clear();
    assert!(sources(&mut world, 1).is_ok());
    assert_eq!(world.operations, ["recall"]);
}

#[test]
fn a_leader_always_fills_the_entry() {
    type Make = dyn Fn(&mut World);
    fn answering(status: StatusCode, body: &'static str) -> impl Fn(&mut World) {
        move |world| {
            _ = world
                .documents
                .insert(ENTITLEMENT, (status, body.to_owned()))
        }
    }
    let trouble: [(Box<Make>, Trouble); 5] = [
        (
            Box::new(|world| world.origin_is_down = true),
            Trouble::NoAnswer,
        ),
        (
            Box::new(answering(StatusCode::OK, "{}")),
            Trouble::Unreadable,
        ),
        (
            Box::new(answering(StatusCode::FORBIDDEN, "")),
            Trouble::SignatureRefused,
        ),
        (
            Box::new(answering(StatusCode::BAD_GATEWAY, "")),
            Trouble::Status(None),
        ),
        (
            Box::new(answering(StatusCode::NOT_FOUND, "<html>")),
            Trouble::Status(None),
        ),
    ];
    for (make, trouble) in trouble {
        let mut world = World::new();
        make(&mut world);
        assert_eq!(sources(&mut world, 0), Err(Some(trouble)));
        assert_eq!(seconds_of(&world, &answer_key()), 2, "{trouble:?}");
        // Those who waited are answered from the entry.
        assert_eq!(sources(&mut world, 1), Err(Some(trouble)));
        assert_eq!(world.requests.len(), 1, "{trouble:?}");
    }
    let mut world = World::new();
    world.secrets.clear();
    assert_eq!(sources(&mut world, 0), Err(Some(Trouble::NoSecret)));
    assert_eq!(seconds_of(&world, &answer_key()), 2);
}

#[test]
fn the_edge_waits_as_long_as_its_own_patience() {
    let mut world = World::new();
    world
        .delays
        .insert(ENTITLEMENT, Duration::from_millis(7_900));
    assert_eq!(sources(&mut world, 0), found("open", Origin));
    world
        .delays
        .insert(ENTITLEMENT, Duration::from_millis(8_100));
    let mut world = World {
        cache: Default::default(),
        ..world
    };
    assert_eq!(sources(&mut world, 100), Err(Some(Trouble::NoAnswer)));
    let waited = world.clock - Duration::from_secs(100);
    assert!((8_000..8_020).contains(&waited.as_millis()), "{waited:?}");
    // Trouble that it took so long to find out is remembered for as long.
    assert_eq!(seconds_of(&world, &answer_key()), 8);

    let mut world = World::new();
    assert!(sources(&mut world, 0).is_ok());
    world.delays.insert(ENTITLEMENT, Duration::from_millis(900));
    world.now = NOW.plus(100);
    set(&mut world, "a", 2, 60);
    assert_eq!(sources(&mut world, 100), found("a", Origin));
    world
        .delays
        .insert(ENTITLEMENT, Duration::from_millis(1_100));
    assert_eq!(sources(&mut world, 200), found("a", Spare));
    let waited = world.clock - Duration::from_secs(200);
    assert!((1_000..1_020).contains(&waited.as_millis()), "{waited:?}");
}

#[test]
fn whoever_waits_for_another_too_long_reads_the_spare_as_a_leader_does() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert!(sources(&mut world, 0).is_ok());
    world.led_by_another.insert(answer_key(), Duration::MAX);
    assert_eq!(sources(&mut world, 60), found("a", Spare));
    let waited = world.clock - Duration::from_secs(60);
    assert!((1_000..1_020).contains(&waited.as_millis()), "{waited:?}");
    assert_eq!(world.requests.len(), 1);

    let mut world = World::new();
    world.led_by_another.insert(answer_key(), Duration::MAX);
    assert_eq!(sources(&mut world, 0), Err(Some(Trouble::Busy)));
    // Longer than the leader waits itself.
    assert!((8_250..8_270).contains(&world.clock.as_millis()));
}

#[test]
fn whoever_waited_for_a_leader_that_gave_up_leads() {
    let mut world = World::new();
    world
        .led_by_another
        .insert(answer_key(), Duration::from_millis(500));
    assert_eq!(sources(&mut world, 0), found("open", Origin));
    assert_eq!(world.requests.len(), 1);
}

#[test]
fn an_entry_that_cannot_be_read_is_passed_over() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    let damaged = Entry::new(b"{".to_vec(), 10);
    world.keep(&answer_key(), damaged.clone());
    world.keep(&copy_key(), damaged.clone());
    assert_eq!(sources(&mut world, 0), found("a", Origin));
    world.keep(&copy_key(), damaged);
    world.origin_is_down = true;
    assert_eq!(sources(&mut world, 0), Err(Some(Trouble::NoAnswer)));
}

#[test]
fn a_copy_about_somebody_else_is_no_copy() {
    let mut world = World::new();
    let mut others = entitlement(&["open"]);
    others.subject = "google#2".into();
    assert!(sources(&mut world, 0).is_ok());
    let (_, entry) = world.cache.get_mut(&copy_key()).unwrap();
    let text = String::from_utf8(entry.content.clone()).unwrap();
    entry.content = text.replace("google#1", "google#2").into();
    world.cache.remove(&answer_key());
    assert_eq!(sources(&mut world, 1), found("open", Origin));
    assert_eq!(world.requests.len(), 2);
}
