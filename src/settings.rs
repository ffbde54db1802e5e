//! Settings: the policy and the published keys in force.
//!
//! Both are built in, and both can be overridden at run time by a Config Store item. An item that
//! is there but broken never brings the built-in one back: that could make a retired key good
//! again. The last good item stays in force for [`GRACE_SECONDS`]; after that nothing is decided
//! any more.

use azat_policy::Policy;

use crate::denial::{Denial, Ground};
use crate::jose::{KeySet, KeySets, members_of};
use crate::platform::{Item, Read, Stores};
use crate::step::Step;
use crate::time::UnixTime;

/// For how long the last good item outlives a broken one, in seconds.
pub const GRACE_SECONDS: u64 = 300;

/// The policy cannot be read.
pub static POLICY_BROKEN: Ground =
    Ground::misconfigured(&STEP).advising("`azat policy check` tells what is wrong with a policy.");

/// The published keys cannot be read.
pub static KEYS_BROKEN: Ground = Ground::misconfigured(&STEP).advising(
    "The Config Store's item `keys` is no good: it has a JWK set per profile. `azat keys publish` prints \
     such a set.",
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

    /// The settings in force. A store whose items are good is read once a second: nearly every
    /// reading finds what the one before found.
    ///
    /// # Errors
    /// [`POLICY_BROKEN`], [`KEYS_BROKEN`].
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

/// What is wrong with an item, and since when there has been no good one.
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
                let ground = match item {
                    Item::Policy => &POLICY_BROKEN,
                    Item::Keys => &KEYS_BROKEN,
                };
                Err(Denial::from(ground).because(format!("item {}: {cause}", item.key())))
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
mod tests;
