//! Tests of [`super`].

use azat_policy::Period;
use http::StatusCode;

use super::{ABSENT_SECONDS, Finding, TROUBLE_SECONDS, get};
use crate::contract::Entitlement;
use crate::credential::BearerToken;
use crate::origin::call::Call;
use crate::origin::trouble::Trouble;
use crate::platform::{CacheKey, Entry, Platform as _};
use crate::testing::{ENTITLEMENT, NOW, World, entitlement};

const PERIOD: Period = Period {
    fresh_seconds: 60,
    stale_seconds: 300,
};

fn key() -> CacheKey {
    CacheKey::of("entitlement", &["1"])
}

/// The sources of the entitlement that is at hand `seconds` later, or why there is none.
fn sources(world: &mut World, seconds: u64) -> Result<Vec<String>, Option<Trouble>> {
    world.now = NOW.plus(seconds);
    let call = Call::post(ENTITLEMENT, None);
    let ask = |world: &mut World| call.ask(world, BearerToken::new("a.b.c"));
    match get::<_, Entitlement>(world, &key(), PERIOD, ask).finding {
        Finding::Found(document) => Ok(document.sources.iter().map(Into::into).collect()),
        Finding::Absent | Finding::Revoked => Err(None),
        Finding::Trouble(trouble) => Err(Some(trouble)),
    }
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

fn entry(world: &World) -> &Entry {
    &world.cache[&key()].1
}

fn spare(world: &World) -> &Entry {
    &world.cache[&key().spare()].1
}

#[test]
fn a_document_is_asked_for_again_when_it_is_no_longer_fresh() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert_eq!(sources(&mut world, 0), Ok(vec!["a".into()]));
    set(&mut world, "b", 2, 60);
    assert_eq!(sources(&mut world, 59), Ok(vec!["a".into()]));
    assert_eq!(sources(&mut world, 60), Ok(vec!["b".into()]));
    assert_eq!(world.requests.len(), 2);
}

#[test]
fn the_policy_caps_what_the_origin_allows() {
    let mut world = World::new();
    set(&mut world, "a", 1, 1_000_000);
    assert!(sources(&mut world, 0).is_ok());
    assert_eq!((entry(&world).seconds, spare(&world).seconds), (60, 360));
    let mut world = World::new();
    set(&mut world, "a", 1, 10);
    assert!(sources(&mut world, 0).is_ok());
    assert_eq!((entry(&world).seconds, spare(&world).seconds), (10, 310));
}

#[test]
fn a_stale_document_serves_while_the_origin_is_down_and_not_a_second_longer() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert!(sources(&mut world, 0).is_ok());
    world.origin_is_down = true;
    assert_eq!(sources(&mut world, 60), Ok(vec!["a".into()]));
    // The origin is left alone for a moment, then tried again.
    assert_eq!(
        sources(&mut world, 60 + TROUBLE_SECONDS - 1),
        Ok(vec!["a".into()])
    );
    assert_eq!(world.requests.len(), 2);
    assert_eq!(
        sources(&mut world, 60 + TROUBLE_SECONDS),
        Ok(vec!["a".into()])
    );
    assert_eq!(world.requests.len(), 3);
    assert_eq!(sources(&mut world, 359), Ok(vec!["a".into()]));
    assert_eq!(sources(&mut world, 360), Err(Some(Trouble::NoAnswer)));
    world.origin_is_down = false;
    set(&mut world, "b", 2, 60);
    assert_eq!(sources(&mut world, 370), Ok(vec!["b".into()]));
}

#[test]
fn a_user_who_is_gone_is_out_at_once_however_stale_the_cache() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert!(sources(&mut world, 0).is_ok());
    world.documents.remove(ENTITLEMENT);
    assert_eq!(sources(&mut world, 60), Err(None));
    assert_eq!(
        sources(&mut world, 60 + u64::from(ABSENT_SECONDS) - 1),
        Err(None)
    );
    assert_eq!(world.requests.len(), 2);
    set(&mut world, "b", 2, 60);
    assert_eq!(
        sources(&mut world, 60 + u64::from(ABSENT_SECONDS)),
        Ok(vec!["b".into()])
    );
}

#[test]
fn trouble_does_not_bring_back_what_the_origin_took_away() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    assert!(sources(&mut world, 0).is_ok());
    world.documents.remove(ENTITLEMENT);
    assert_eq!(sources(&mut world, 60), Err(None));
    world.origin_is_down = true;
    assert_eq!(
        sources(&mut world, 60 + u64::from(ABSENT_SECONDS)),
        Err(Some(Trouble::NoAnswer))
    );
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
    assert_eq!(sources(&mut world, 61), Err(Some(Trouble::NoAnswer)));
    assert_eq!(sources(&mut world, 100), Err(Some(Trouble::NoAnswer)));
}

#[test]
fn the_origins_doubt_about_one_token_is_nobody_elses() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    let good = world.documents.clone();
    world
        .documents
        .insert(ENTITLEMENT, (StatusCode::UNAUTHORIZED, String::new()));
    assert_eq!(sources(&mut world, 0), Err(Some(Trouble::TokenRefused)));
    world.documents = good;
    assert_eq!(sources(&mut world, 0), Ok(vec!["a".into()]));
    // Nor does a token that the origin does not believe get what others have left.
    world
        .documents
        .insert(ENTITLEMENT, (StatusCode::UNAUTHORIZED, String::new()));
    assert_eq!(sources(&mut world, 60), Err(Some(Trouble::TokenRefused)));
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
            Trouble::Status,
        ),
        (
            Box::new(answering(StatusCode::NOT_FOUND, "<html>")),
            Trouble::Status,
        ),
    ];
    for (make, trouble) in trouble {
        let mut world = World::new();
        make(&mut world);
        assert_eq!(sources(&mut world, 0), Err(Some(trouble)));
        assert_eq!(entry(&world).seconds, TROUBLE_SECONDS, "{trouble:?}");
        // Those who waited are answered from the entry.
        assert_eq!(sources(&mut world, 1), Err(Some(trouble)));
        assert_eq!(world.requests.len(), 1, "{trouble:?}");
    }
    let mut world = World::new();
    world.secrets.clear();
    assert_eq!(sources(&mut world, 0), Err(Some(Trouble::NoSecret)));
    assert_eq!(entry(&world).seconds, TROUBLE_SECONDS);
}

#[test]
fn an_entry_that_cannot_be_read_is_passed_over() {
    let mut world = World::new();
    set(&mut world, "a", 1, 60);
    let damaged = Entry {
        content: b"{".to_vec(),
        seconds: 10,
        sensitive: false,
    };
    world.keep(&key(), damaged.clone());
    world.keep(&key().spare(), damaged);
    assert_eq!(sources(&mut world, 0), Ok(vec!["a".into()]));
    world.origin_is_down = true;
    assert_eq!(sources(&mut world, 0), Err(Some(Trouble::NoAnswer)));
}
