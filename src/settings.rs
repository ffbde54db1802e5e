//! Settings: the policy and the published keys in force.
//!
//! Both are built in, and both can be overridden at run time by a Config Store item. An item that
//! is there but broken never brings the built-in one back: that could make a retired key good
//! again. The last good item stays in force for [`GRACE_SECONDS`]; after that nothing is decided
//! any more.

mod kept;

use azat_policy::Policy;

pub use self::kept::GRACE_SECONDS;
use self::kept::Kept;
use crate::denial::{Denial, Ground};
use crate::jose::{KeySet, KeySets, members_of};
use crate::platform::{Item, Platform, Read};
use crate::step::Step;
use crate::time::UnixTime;

/// How often a sandbox keeps a good item for the others, in seconds.
const KEPT_EVERY_SECONDS: u64 = 60;

const BUILT_IN_POLICY: &str = include_str!(concat!(env!("OUT_DIR"), "/policy.json"));

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
            BUILT_IN_POLICY,
            include_str!(concat!(env!("OUT_DIR"), "/keys.json")),
        )
    }

    fn new(policy: &'static str, keys: &'static str) -> Self {
        Self {
            policy: Setting::new(Item::Policy, policy, parse_policy),
            keys: Setting::new(Item::Keys, keys, parse_keys),
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
        platform: &mut impl Platform,
        now: UnixTime,
    ) -> Result<InForce<'_>, Denial> {
        if self.read_at != Some(now) {
            self.policy.read(platform, now);
            self.keys.read(platform, now);
            let is_good = self.policy.fault.is_none() && self.keys.fault.is_none();
            self.read_at = is_good.then_some(now);
        }
        Ok(InForce {
            policy: self.policy.in_force(now)?,
            keys: self.keys.in_force(now)?,
        })
    }
}

/// The policy that is built in.
///
/// # Errors
/// What is wrong with it.
pub fn built_in_policy() -> Result<Policy, String> {
    parse_policy(BUILT_IN_POLICY)
}

/// Checks a text that is to be the item `keys`.
///
/// # Errors
/// What is wrong with it.
pub fn check_keys(text: &str) -> Result<(), String> {
    parse_keys(text).map(drop)
}

/// One setting: what is built in, and what overrides it.
struct Setting<T> {
    item: Item,
    built_in: &'static str,
    parse: fn(&str) -> Result<T, String>,
    /// The last good text that is known here.
    good: Option<Good<T>>,
    /// What is wrong with the item now.
    fault: Option<String>,
    /// When the good text, if it is an item's, was last kept for the other sandboxes.
    kept_at: Option<UnixTime>,
    /// Whether this sandbox has looked for an item that others keep and that was removed since.
    has_cleared: bool,
}

/// A good text, and what it says. Parsed once, as long as the text stays the same.
struct Good<T> {
    text: Text,
    value: T,
    seen_at: UnixTime,
}

#[derive(PartialEq, Eq)]
enum Text {
    BuiltIn,
    Item(String),
}

impl<T> Setting<T> {
    fn new(item: Item, built_in: &'static str, parse: fn(&str) -> Result<T, String>) -> Self {
        Self {
            item,
            built_in,
            parse,
            good: None,
            fault: None,
            kept_at: None,
            has_cleared: false,
        }
    }

    /// Reads the item, and takes part in remembering the last good one: most sandboxes do not live
    /// long enough to do so by themselves. An item that stays absent costs a sandbox one look.
    fn read(&mut self, platform: &mut impl Platform, now: UnixTime) {
        let read = platform.item(self.item);
        self.note(read, now);
        match self.fault {
            None => {
                self.clear(platform, now);
                if let Some(kept) = self.due_for_keeping(now) {
                    kept.keep(platform, self.item);
                }
            }
            Some(_) => {
                if let Some(kept) = Kept::recall(platform, self.item) {
                    self.recover(kept);
                }
            }
        }
    }

    /// Takes an item that was removed away from the others, if this sandbox is the first to see it
    /// gone: whoever removed it does not want it back.
    fn clear(&mut self, platform: &mut impl Platform, now: UnixTime) {
        let is_removed = matches!(&self.good, Some(good) if good.text == Text::BuiltIn);
        if !is_removed || std::mem::replace(&mut self.has_cleared, true) {
            return;
        }
        if Kept::recall(platform, self.item).is_some_and(|kept| kept.text.is_some()) {
            let removed = Kept {
                seen_at: now,
                text: None,
            };
            removed.keep(platform, self.item);
        }
    }

    /// Takes note of what the store says now.
    fn note(&mut self, read: Read, now: UnixTime) {
        let outcome = match read {
            Read::Absent => self.adopt(Text::BuiltIn, now),
            Read::Present(text) => self.adopt(Text::Item(text), now),
            Read::Failed => Err("the store cannot be read".to_owned()),
        };
        self.fault = outcome.err();
    }

    /// What is to be kept now, after a good reading.
    fn due_for_keeping(&mut self, now: UnixTime) -> Option<Kept> {
        let text = match &self.good.as_ref()?.text {
            Text::Item(text) => {
                let is_recent = |at| now.since(at) < KEPT_EVERY_SECONDS;
                if self.kept_at.is_some_and(is_recent) {
                    return None;
                }
                self.kept_at = Some(now);
                Some(text.clone())
            }
            // Whoever removed the item does not want it back.
            Text::BuiltIn => {
                self.kept_at.take()?;
                None
            }
        };
        Some(Kept { seen_at: now, text })
    }

    /// Goes back, while the item is broken, to what another sandbox saw later than this one.
    fn recover(&mut self, kept: Kept) {
        let is_newer = |good: &Good<T>| good.seen_at > kept.seen_at;
        if self.good.as_ref().is_some_and(is_newer) {
            return;
        }
        match kept.text {
            None => self.good = None,
            // A text that an earlier version of the program kept may be none to this one.
            Some(text) => {
                if self.adopt(Text::Item(text), kept.seen_at).is_ok() {
                    self.kept_at = Some(kept.seen_at);
                }
            }
        }
    }

    fn in_force(&self, now: UnixTime) -> Result<&T, Denial> {
        let outlives_fault =
            |good: &Good<T>| good.text != Text::BuiltIn && now.since(good.seen_at) < GRACE_SECONDS;
        match (&self.good, &self.fault) {
            (Some(good), None) => Ok(&good.value),
            (Some(good), Some(_)) if outlives_fault(good) => Ok(&good.value),
            (_, fault) => {
                let ground = match self.item {
                    Item::Policy => &POLICY_BROKEN,
                    Item::Keys => &KEYS_BROKEN,
                };
                let cause = fault.as_deref().unwrap_or_default();
                Err(Denial::from(ground).because(format!("item {}: {cause}", self.item.key())))
            }
        }
    }

    /// Makes that text the last good one, unless it is broken.
    fn adopt(&mut self, text: Text, seen_at: UnixTime) -> Result<(), String> {
        match &mut self.good {
            Some(good) if good.text == text => good.seen_at = seen_at,
            _ => {
                let value = (self.parse)(match &text {
                    Text::BuiltIn => self.built_in,
                    Text::Item(text) => text,
                })?;
                if text != Text::BuiltIn {
                    self.kept_at = None;
                }
                self.good = Some(Good {
                    text,
                    value,
                    seen_at,
                });
            }
        }
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
