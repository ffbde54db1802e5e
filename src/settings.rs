//! Settings: the policy and the published keys in force.
//!
//! Both are built in, and both can be overridden at run time by a Config Store item. An item that is
//! there but broken never brings the built-in one back: that could make a retired key good again. The
//! last good item stays in force for [`GRACE_SECONDS`]; after that nothing is decided any more.

use azat_policy::Policy;

use crate::denial::{Denial, Ground};
use crate::jose::{KeySet, KeySets, members_of};
use crate::platform::{Item, Read, Stores};
use crate::step::Step;
use crate::time::UnixTime;

/// For how long the last good item outlives a broken one, in seconds.
pub const GRACE_SECONDS: u64 = 300;

/// What ends a request while policy or keys cannot be read.
pub static BROKEN: Ground = Ground::unavailable(
    "configuration_broken",
    "proxy_configuration_error",
    "Requests cannot be decided on at the moment.",
    &STEP,
)
.advising(
    "`azat policy check` says what is wrong with a policy. The Config Store's item `keys` has a JWK \
     set per profile: `azat keys publish` prints such a set.",
);

/// Policy and keys can be read.
pub static STEP: Step = Step::new("settings", "policy and keys can be read");

/// The settings, kept from one request of a sandbox to the next.
pub struct Settings {
    policy: Setting<Policy>,
    keys: Setting<KeySets>,
    read_at: Option<UnixTime>,
}

/// The settings in force for one request.
#[derive(Clone, Copy)]
pub struct InForce<'s> {
    /// The policy.
    pub policy: &'s Policy,
    /// The keys.
    pub keys: &'s KeySets,
}

impl Settings {
    /// What is built in: `policy.toml` and `keys/`, as they were when the program was built.
    pub fn built_in() -> Self {
        Self::new(
            include_str!(concat!(env!("OUT_DIR"), "/policy.json")),
            include_str!(concat!(env!("OUT_DIR"), "/keys.json")),
        )
    }

    fn new(policy: &'static str, keys: &'static str) -> Self {
        Self {
            policy: Setting::new(policy, parse_policy),
            keys: Setting::new(keys, parse_keys),
            read_at: None,
        }
    }

    /// The settings in force. A store whose items are good is read once a second: nearly every reading finds what
    /// the one before has found.
    ///
    /// # Errors
    /// [`BROKEN`].
    pub fn in_force(
        &mut self,
        stores: &mut impl Stores,
        now: UnixTime,
    ) -> Result<InForce<'_>, Denial> {
        if self.read_at != Some(now) {
            self.policy.refresh(stores.item(Item::Policy), now);
            self.keys.refresh(stores.item(Item::Keys), now);
            let is_good = self.policy.broken.is_none() && self.keys.broken.is_none();
            self.read_at = is_good.then_some(now);
        }
        Ok(InForce {
            policy: self.policy.in_force(Item::Policy, now)?,
            keys: self.keys.in_force(Item::Keys, now)?,
        })
    }
}

/// One setting: what is built in, and what overrides it.
struct Setting<T> {
    built_in: &'static str,
    parse: fn(&str) -> Result<T, String>,
    parsed: Option<Parsed<T>>,
    broken: Option<Broken>,
}

/// A text, and what it says. Parsed once, as long as the text stays the same.
struct Parsed<T> {
    text: Text,
    value: T,
}

/// What is wrong with an item, and since when there was no good one.
struct Broken {
    cause: String,
    since: UnixTime,
}

#[derive(PartialEq, Eq)]
enum Text {
    BuiltIn,
    Item(String),
}

impl<T> Setting<T> {
    fn new(built_in: &'static str, parse: fn(&str) -> Result<T, String>) -> Self {
        Self {
            built_in,
            parse,
            parsed: None,
            broken: None,
        }
    }

    /// Takes note of what the store says now.
    fn refresh(&mut self, read: Read, now: UnixTime) {
        let outcome = match read {
            Read::Absent => self.adopt(Text::BuiltIn),
            Read::Present(text) => self.adopt(Text::Item(text)),
            Read::Failed => Err("the store cannot be read".to_owned()),
        };
        let before = self.broken.take();
        self.broken = outcome.err().map(|cause| Broken {
            cause,
            since: before.map_or(now, |before| before.since),
        });
    }

    fn in_force(&self, item: Item, now: UnixTime) -> Result<&T, Denial> {
        let outlives = |text: &Text, broken: &Broken| {
            *text != Text::BuiltIn && now.since(broken.since) < GRACE_SECONDS
        };
        match (&self.parsed, &self.broken) {
            (Some(good), None) => Ok(&good.value),
            (Some(good), Some(broken)) if outlives(&good.text, broken) => Ok(&good.value),
            (_, broken) => {
                let cause = broken.as_ref().map_or("", |broken| &broken.cause);
                Err(Denial::from(&BROKEN).because(format!("item {}: {cause}", item.key())))
            }
        }
    }

    /// Makes that text the one in force, unless it is broken.
    fn adopt(&mut self, text: Text) -> Result<(), String> {
        if self
            .parsed
            .as_ref()
            .is_some_and(|parsed| parsed.text == text)
        {
            return Ok(());
        }
        let value = (self.parse)(match &text {
            Text::BuiltIn => self.built_in,
            Text::Item(text) => text,
        })?;
        self.parsed = Some(Parsed { text, value });
        Ok(())
    }
}

fn parse_policy(text: &str) -> Result<Policy, String> {
    Policy::from_compact(text).map_err(|fault| fault.to_string())
}

fn parse_keys(text: &str) -> Result<KeySets, String> {
    let sets = members_of(text)?;
    sets.members()
        .map(|(profile, set)| {
            let set = (set.as_object()).ok_or_else(|| format!("{profile}: expected a JWK set"))?;
            match KeySet::from_members(set) {
                Ok(keys) => Ok((profile.to_owned(), keys)),
                Err(fault) => Err(format!("{profile}: {fault}")),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
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
}
