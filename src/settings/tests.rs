//! Tests of [`super`].

use super::{GRACE_SECONDS, Setting, Settings, Text, parse_keys};
use crate::platform::{Item, Read, Stores};
use crate::time::UnixTime;

/// A Config Store that says the same of every item, and counts how often it is asked.
struct Store {
    says: Read,
    readings: u32,
}

impl Store {
    fn saying(says: Read) -> Self {
        Self { says, readings: 0 }
    }
}

impl Stores for Store {
    fn item(&mut self, _: Item) -> Read {
        self.readings += 1;
        self.says.clone()
    }

    fn secret(&mut self, _: &str) -> Option<Vec<u8>> {
        None
    }
}

/// A setting whose good texts are numbers.
fn setting() -> Setting<u32> {
    Setting::new("1", |text| {
        text.parse().map_err(|_| "expected a number".to_owned())
    })
}

fn value(setting: &mut Setting<u32>, read: Read, seconds: u64) -> Option<u32> {
    let now = UnixTime::from_seconds(seconds);
    setting.refresh(read, now);
    setting.in_force(Item::Keys, now).ok().copied()
}

fn item(text: &str) -> Read {
    Read::Present(text.to_owned())
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
    for broken in [item("x"), item(""), Read::Failed] {
        let mut setting = setting();
        assert_eq!(value(&mut setting, broken.clone(), 0), None);
        assert_eq!(value(&mut setting, Read::Absent, 1), Some(1));
        assert_eq!(value(&mut setting, broken, 2), None);
    }
}

#[test]
fn the_last_good_item_outlives_a_broken_one_for_a_while() {
    let mut setting = setting();
    assert_eq!(value(&mut setting, item("2"), 0), Some(2));
    assert_eq!(value(&mut setting, item("x"), 10), Some(2));
    assert_eq!(value(&mut setting, item("y"), 9 + GRACE_SECONDS), Some(2));
    assert_eq!(value(&mut setting, item("y"), 10 + GRACE_SECONDS), None);
    assert_eq!(value(&mut setting, item("3"), 11 + GRACE_SECONDS), Some(3));
    assert_eq!(
        value(&mut setting, Read::Failed, 12 + GRACE_SECONDS),
        Some(3)
    );
}

#[test]
fn one_good_reading_serves_a_second() {
    let mut settings = Settings::built_in();
    let mut store = Store::saying(Read::Absent);
    let mut read_at = |seconds| {
        let now = UnixTime::from_seconds(seconds);
        assert!(settings.in_force(&mut store, now).is_ok());
        store.readings
    };
    assert_eq!(
        [read_at(5), read_at(5), read_at(6), read_at(5)],
        [2, 2, 4, 6]
    );
}

#[test]
fn a_bad_reading_serves_one_request() {
    let mut settings = Settings::built_in();
    let mut is_in_force = |read: Read| {
        let now = UnixTime::from_seconds(5);
        settings.in_force(&mut Store::saying(read), now).is_ok()
    };
    assert!(!is_in_force(Read::Failed));
    assert!(!is_in_force(item("x")));
    assert!(is_in_force(Read::Absent));
}

#[test]
fn a_fault_names_item_profile_and_key() {
    let private = r#"{"azat": {"keys": [{"kty": "RSA", "kid": "k1", "d": "AQ"}]}}"#;
    let fault = parse_keys(private).err();
    let expected = "azat: key k1: expected a public key, not a private or symmetric one";
    assert_eq!(fault.as_deref(), Some(expected));
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
        .in_force(&mut Store::saying(Read::Absent), UnixTime::from_seconds(0))
        .unwrap();
    assert!(in_force.policy.profiles.contains_key("azat"));
    assert!(matches!(
        settings.policy.parsed.unwrap().text,
        Text::BuiltIn
    ));
}
