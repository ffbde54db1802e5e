use azat_policy::Period;
use http::{Request, StatusCode};

use super::{ABSENT_SECONDS, NoDocument, TROUBLE_SECONDS, Trouble, get};
use crate::platform::{Entry, Lookup, Platform};
use crate::repository::{CacheKey, Entitlement};
use crate::testing::{ENTITLEMENT, NOW, World, entitlement};

const PERIOD: Period = Period {
    fresh_seconds: 60,
    stale_seconds: 300,
};

fn key() -> CacheKey {
    CacheKey::of("entitlement", &["1"])
}

/// The sources of the entitlement that is at hand `seconds` later.
fn sources(world: &mut World, seconds: u64) -> Result<Vec<String>, NoDocument> {
    world.now = NOW.plus(seconds);
    let call = |_: &mut World| Request::builder().uri(ENTITLEMENT).body(()).ok();
    let document: Entitlement = get(world, &key(), PERIOD, call)?;
    Ok(document.sources.into_iter().collect())
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
    assert_eq!(
        (entry(&world).fresh_seconds, entry(&world).stale_seconds),
        (60, 300)
    );
    let mut world = World::new();
    set(&mut world, "a", 1, 10);
    assert!(sources(&mut world, 0).is_ok());
    assert_eq!(
        (entry(&world).fresh_seconds, entry(&world).stale_seconds),
        (10, 300)
    );
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
    let outdated = sources(&mut world, 360);
    assert!(
        matches!(outdated, Err(NoDocument::Trouble(_))),
        "{outdated:?}"
    );
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
    assert_eq!(sources(&mut world, 60), Err(NoDocument::Absent));
    assert_eq!(
        sources(&mut world, 60 + ABSENT_SECONDS - 1),
        Err(NoDocument::Absent)
    );
    assert_eq!(world.requests.len(), 2);
    set(&mut world, "b", 2, 60);
    assert_eq!(
        sources(&mut world, 60 + ABSENT_SECONDS),
        Ok(vec!["b".into()])
    );
}

#[test]
fn a_late_answer_does_not_bring_old_rights_back() {
    let mut world = World::new();
    set(&mut world, "new", 2, 60);
    assert!(sources(&mut world, 0).is_ok());
    set(&mut world, "old", 1, 120);
    assert_eq!(sources(&mut world, 60), Ok(vec!["new".into()]));
}

#[test]
fn a_leader_always_fills_the_entry() {
    type Make = fn(&mut World);
    let trouble: [(Make, Trouble); 6] = [
        (
            |world| {
                _ = world
                    .documents
                    .insert(ENTITLEMENT, (StatusCode::NOT_FOUND, "<html>".into()))
            },
            Trouble::Status,
        ),
        (|world| world.origin_is_down = true, Trouble::NoAnswer),
        (
            |world| {
                _ = world
                    .documents
                    .insert(ENTITLEMENT, (StatusCode::OK, "{}".into()))
            },
            Trouble::Unreadable,
        ),
        (
            |world| {
                _ = world
                    .documents
                    .insert(ENTITLEMENT, (StatusCode::FORBIDDEN, String::new()))
            },
            Trouble::SignatureRefused,
        ),
        (
            |world| {
                _ = world
                    .documents
                    .insert(ENTITLEMENT, (StatusCode::UNAUTHORIZED, String::new()))
            },
            Trouble::TokenRefused,
        ),
        (
            |world| {
                _ = world
                    .documents
                    .insert(ENTITLEMENT, (StatusCode::BAD_GATEWAY, String::new()))
            },
            Trouble::Status,
        ),
    ];
    for (make, trouble) in trouble {
        let mut world = World::new();
        make(&mut world);
        assert_eq!(sources(&mut world, 0), Err(NoDocument::Trouble(trouble)));
        assert_eq!(entry(&world).fresh_seconds, TROUBLE_SECONDS, "{trouble:?}");
        // Those who waited are answered from the entry.
        assert_eq!(sources(&mut world, 1), Err(NoDocument::Trouble(trouble)));
        assert_eq!(world.requests.len(), 1, "{trouble:?}");
    }
    let mut world = World::new();
    let unsigned: Result<Entitlement, _> = get(&mut world, &key(), PERIOD, |_: &mut World| None);
    assert_eq!(unsigned, Err(NoDocument::Trouble(Trouble::NoSecret)));
    assert_eq!(entry(&world).fresh_seconds, TROUBLE_SECONDS);
}

#[test]
fn a_damaged_entry_is_trouble_and_not_a_document() {
    let mut world = World::new();
    let damaged = Entry {
        content: b"{".to_vec(),
        fresh_seconds: 10,
        stale_seconds: 0,
    };
    let Lookup::Lead(lead, None) = world.lookup(&key()) else {
        panic!("expected to lead");
    };
    world.insert(lead, damaged);
    assert_eq!(
        sources(&mut world, 0),
        Err(NoDocument::Trouble(Trouble::Unreadable))
    );
}
