//! Tests of [`super`].

use super::{GRACE_SECONDS, Item, KEPT_EVERY_SECONDS, Setting, Settings, Text, parse_keys};
use crate::platform::Read;
use crate::testing::World;
use crate::time::UnixTime;

/// A setting whose good texts are numbers.
fn setting() -> Setting<u32> {
    Setting::new(Item::Keys, "1", |text| {
        text.parse().map_err(|_| "expected a number".to_owned())
    })
}

/// A place with a Config Store that says so of every item, and its cache.
fn place(says: &Read) -> World {
    World {
        policy: says.clone(),
        keys: says.clone(),
        ..World::new()
    }
}

/// What is in force in a sandbox of that place, once its store says that at that time.
fn value_in(
    world: &mut World,
    setting: &mut Setting<u32>,
    says: &Read,
    seconds: u64,
) -> Option<u32> {
    world.now = UnixTime::from_seconds(seconds);
    world.keys = says.clone();
    setting.read(world, world.now);
    setting.in_force(world.now).ok().copied()
}

/// The same, in a sandbox that is alone.
fn value(setting: &mut Setting<u32>, says: Read, seconds: u64) -> Option<u32> {
    value_in(&mut World::new(), setting, &says, seconds)
}

fn item(text: &str) -> Read {
    Read::Present(text.to_owned())
}

/// The three ways in which an item is broken.
fn broken() -> [Read; 3] {
    [item("x"), item(""), Read::Failed]
}

#[test]
fn an_item_overrides_what_is_built_in_until_it_is_removed() {
    let mut setting = setting();
    assert_eq!(value(&mut setting, Read::Absent, 0), Some(1));
    assert_eq!(value(&mut setting, item("2"), 1), Some(2));
    assert_eq!(value(&mut setting, item("3"), 2), Some(3));
    assert_eq!(value(&mut setting, Read::Absent, 3), Some(1));
}

#[test]
fn a_broken_item_never_brings_the_built_in_one_back() {
    for broken in broken() {
        let mut setting = setting();
        assert_eq!(value(&mut setting, broken.clone(), 0), None);
        assert_eq!(value(&mut setting, Read::Absent, 1), Some(1));
        assert_eq!(value(&mut setting, broken, 2), None);
    }
}

#[test]
fn an_item_outlives_its_breaking_for_a_while() {
    let mut setting = setting();
    assert_eq!(value(&mut setting, item("2"), 0), Some(2));
    assert_eq!(value(&mut setting, item("2"), 10), Some(2));
    assert_eq!(value(&mut setting, item("x"), 11), Some(2));
    assert_eq!(value(&mut setting, item("y"), 9 + GRACE_SECONDS), Some(2));
    assert_eq!(value(&mut setting, item("y"), 10 + GRACE_SECONDS), None);
    assert_eq!(value(&mut setting, item("3"), 11 + GRACE_SECONDS), Some(3));
    let failed = value(&mut setting, Read::Failed, 12 + GRACE_SECONDS);
    assert_eq!(failed, Some(3));
}

#[test]
fn a_sandbox_that_never_saw_a_good_item_has_it_from_the_others() {
    for broken in broken() {
        let mut world = World::new();
        let in_new = |world: &mut World, says: &Read, seconds| {
            value_in(world, &mut setting(), says, seconds)
        };
        assert_eq!(in_new(&mut world, &item("2"), 0), Some(2));
        assert_eq!(in_new(&mut world, &item("3"), 10), Some(3));
        // It counts from when it was last seen good, not from when it is recalled.
        for seconds in [11, 9 + GRACE_SECONDS] {
            assert_eq!(in_new(&mut world, &broken, seconds), Some(3), "{seconds}");
        }
        assert_eq!(in_new(&mut world, &broken, 10 + GRACE_SECONDS), None);
        assert_eq!(
            in_new(&mut World::new(), &broken, 11),
            None,
            "another place"
        );
    }
}

#[test]
fn what_is_recalled_is_not_made_to_last_longer() {
    let mut world = World::new();
    let mut recalling = setting();
    assert_eq!(value_in(&mut world, &mut setting(), &item("2"), 0), Some(2));
    for seconds in [1, 100, GRACE_SECONDS - 1] {
        let value = value_in(&mut world, &mut recalling, &item("x"), seconds);
        assert_eq!(value, Some(2), "{seconds}");
    }
    // Even if the cache has it longer than it should.
    for (kept, entry) in world.cache.values_mut() {
        (*kept, entry.seconds) = (UnixTime::from_seconds(GRACE_SECONDS), 1_000);
    }
    for setting in [&mut recalling, &mut setting()] {
        let value = value_in(&mut world, setting, &item("x"), GRACE_SECONDS);
        assert_eq!(value, None);
    }
}

#[test]
fn the_last_good_item_is_the_one_that_was_seen_last() {
    let mut world = World::new();
    let (mut idle, mut busy) = (setting(), setting());
    assert_eq!(value_in(&mut world, &mut idle, &item("2"), 0), Some(2));
    assert_eq!(value_in(&mut world, &mut busy, &item("3"), 10), Some(3));
    assert_eq!(value_in(&mut world, &mut idle, &item("x"), 11), Some(3));
    assert_eq!(value_in(&mut world, &mut busy, &item("4"), 12), Some(4));
    world.cache.clear();
    assert_eq!(
        value_in(&mut world, &mut setting(), &item("5"), 13),
        Some(5)
    );
    assert_eq!(value_in(&mut world, &mut busy, &item("4"), 14), Some(4));
    assert_eq!(value_in(&mut world, &mut busy, &item("x"), 15), Some(4));
}

#[test]
fn an_item_that_was_removed_does_not_come_back_when_it_breaks() {
    let mut world = World::new();
    let (mut first, mut second) = (setting(), setting());
    assert_eq!(value_in(&mut world, &mut first, &item("2"), 0), Some(2));
    assert_eq!(value_in(&mut world, &mut second, &item("2"), 0), Some(2));
    assert_eq!(value_in(&mut world, &mut first, &Read::Absent, 1), Some(1));
    for setting in [&mut first, &mut second, &mut setting()] {
        assert_eq!(value_in(&mut world, setting, &item("x"), 2), None);
    }
    // Within one second, too, the removal counts.
    assert_eq!(value_in(&mut world, &mut first, &item("2"), 3), Some(2));
    assert_eq!(value_in(&mut world, &mut second, &item("2"), 3), Some(2));
    assert_eq!(value_in(&mut world, &mut first, &Read::Absent, 3), Some(1));
    assert_eq!(value_in(&mut world, &mut second, &item("x"), 3), None);
    // A sandbox that has it from others removes it for them too.
    assert_eq!(value_in(&mut world, &mut first, &item("3"), 3), Some(3));
    assert_eq!(value_in(&mut world, &mut second, &item("x"), 4), Some(3));
    assert_eq!(value_in(&mut world, &mut second, &Read::Absent, 5), Some(1));
    assert_eq!(value_in(&mut world, &mut setting(), &item("x"), 6), None);
}

#[test]
fn what_was_kept_and_is_none_any_more_is_not_in_force() {
    let contents: [&[u8]; 7] = [b"0\nx", b"0\n", b"", b"\n2", b"-1\n2", b"0\n\xff", b"0"];
    for content in contents {
        let mut world = World::new();
        assert_eq!(value_in(&mut world, &mut setting(), &item("2"), 0), Some(2));
        for (_, entry) in world.cache.values_mut() {
            entry.content = content.to_vec();
        }
        let value = value_in(&mut world, &mut setting(), &item("x"), 1);
        assert_eq!(value, None, "{content:?}");
    }
}

#[test]
fn a_good_item_is_kept_once_a_minute() {
    let mut world = World::new();
    let mut setting = setting();
    let mut is_kept = |says: &Read, seconds: u64| {
        world.cache.clear();
        value_in(&mut world, &mut setting, says, seconds);
        !world.cache.is_empty()
    };
    assert!(!is_kept(&Read::Absent, 0), "what is absent costs nothing");
    assert!(is_kept(&item("2"), 1));
    assert!(!is_kept(&item("2"), KEPT_EVERY_SECONDS));
    assert!(is_kept(&item("2"), 1 + KEPT_EVERY_SECONDS));
    assert!(!is_kept(&item("2"), 2 + KEPT_EVERY_SECONDS));
    assert!(is_kept(&item("3"), 3 + KEPT_EVERY_SECONDS), "another item");
    assert!(!is_kept(&item("x"), 4 + 2 * KEPT_EVERY_SECONDS));
    assert!(is_kept(&Read::Absent, 5 + 2 * KEPT_EVERY_SECONDS));
    assert!(!is_kept(&Read::Absent, 6 + 2 * KEPT_EVERY_SECONDS));
}

#[test]
fn each_item_is_kept_for_itself() {
    let mut world = World::new();
    let now = world.now;
    assert!(Settings::built_in().in_force(&mut world, now).is_ok());
    assert_eq!(world.cache.len(), 2);
    (world.policy, world.keys) = (Read::Failed, Read::Failed);
    let mut settings = Settings::built_in();
    let in_force = settings.in_force(&mut world, now).unwrap();
    assert_eq!(in_force.policy.base_url.as_str(), "https://azul.example/");
    assert!(in_force.keys.contains_key("azat"));
}

#[test]
fn one_good_reading_serves_a_second() {
    let mut settings = Settings::built_in();
    let mut world = place(&Read::Absent);
    let mut is_read_at = |seconds| {
        let now = UnixTime::from_seconds(seconds);
        (world.policy, world.keys) = (Read::Failed, Read::Failed);
        let is_read = settings.in_force(&mut world, now).is_err();
        (world.policy, world.keys) = (Read::Absent, Read::Absent);
        assert!(settings.in_force(&mut world, now).is_ok());
        is_read
    };
    let readings = [is_read_at(5), is_read_at(5), is_read_at(6), is_read_at(5)];
    assert_eq!(readings, [true, false, true, true]);
}

#[test]
fn a_reading_that_finds_either_item_broken_serves_one_request() {
    for (policy, keys) in [
        (Read::Failed, Read::Absent),
        (Read::Absent, Read::Failed),
        (item("x"), Read::Absent),
        (Read::Absent, item("x")),
        (Read::Failed, Read::Failed),
    ] {
        let mut settings = Settings::built_in();
        let now = UnixTime::from_seconds(5);
        let mut world = World {
            policy,
            keys,
            ..World::new()
        };
        assert!(settings.in_force(&mut world, now).is_err());
        let mut mended = place(&Read::Absent);
        assert!(settings.in_force(&mut mended, now).is_ok());
    }
}

#[test]
fn within_the_grace_each_request_looks_whether_the_item_is_mended() {
    let mut world = World::new();
    let mut settings = Settings::built_in();
    let now = world.now;
    let good = (world.policy.clone(), world.keys.clone());
    assert!(settings.in_force(&mut world, now).is_ok());
    let later = now.plus(1);
    for broken in [(good.0.clone(), Read::Failed), (Read::Failed, good.1)] {
        (world.policy, world.keys) = broken;
        assert!(settings.in_force(&mut world, later).is_ok());
        (world.policy, world.keys) = (good.0.clone(), item("{}"));
        let in_force = settings.in_force(&mut world, later).unwrap();
        assert!(
            in_force.keys.is_empty(),
            "what was read in that second is kept"
        );
    }
}

#[test]
fn a_fault_names_item_profile_and_key() {
    let private = r#"{"azat": {"keys": [{"kty": "RSA", "kid": "k1", "d": "AQ"}]}}"#;
    let fault = parse_keys(private).err();
    let expected = "azat: key k1: expected a public key, not a private or symmetric one";
    assert_eq!(fault.as_deref(), Some(expected));
    let faults = [
        (
            Read::Absent,
            item(private),
            format!("item keys: {expected}"),
        ),
        (
            Read::Failed,
            Read::Absent,
            "item policy: the store cannot be read".to_owned(),
        ),
    ];
    for (policy, keys, expected) in faults {
        let mut world = World {
            policy,
            keys,
            ..World::new()
        };
        let now = world.now;
        let denial = Settings::built_in()
            .in_force(&mut world, now)
            .err()
            .unwrap();
        assert_eq!(denial.cause(), Some(expected.as_str()));
    }
}

#[test]
fn keys_are_64_kib_at_most() {
    let of_length = |length: usize| {
        let shell = r#"{"azat":{"keys":[],"x":""}}"#.len();
        let filling = "a".repeat(length - shell);
        parse_keys(&format!(r#"{{"azat":{{"keys":[],"x":"{filling}"}}}}"#)).err()
    };
    assert_eq!(of_length(64 * 1024), None);
    let fault = of_length(64 * 1024 + 1);
    assert_eq!(fault.as_deref(), Some("expected at most 64 KiB"));
}

#[test]
fn what_is_built_in_can_be_read() {
    let mut settings = Settings::built_in();
    let in_force = settings
        .in_force(&mut place(&Read::Absent), UnixTime::from_seconds(0))
        .unwrap();
    assert!(in_force.policy.profiles.contains_key("azat"));
    assert_eq!(super::built_in_policy().as_ref(), Ok(in_force.policy));
    assert!(matches!(settings.policy.good.unwrap().text, Text::BuiltIn));
}

#[test]
fn an_item_that_was_removed_stays_removed_for_sandboxes_to_come() {
    let mut world = place(&Read::Absent);
    // One sandbox sees the item, and keeps it; its life ends.
    let with_item = value_in(&mut world, &mut setting(), &item("2"), 0);
    assert_eq!(with_item, Some(2));
    // The operator removes it: another sandbox decides by what is built in.
    let without = value_in(&mut world, &mut setting(), &Read::Absent, 20);
    assert_eq!(without, Some(1));
    // The store cannot be read, and a third sandbox begins.
    let unreadable = value_in(&mut world, &mut setting(), &Read::Failed, 40);
    assert_eq!(unreadable, None);
}
