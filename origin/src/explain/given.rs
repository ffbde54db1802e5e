//! Policy and keys, from files or as they were built in.

use std::path::Path;

use azat_edge::jose::KeySet;
use azat_edge::platform::{Item, Read};
use azat_edge::settings;
use azat_policy::Policy;
use serde_json::{Map, Value};
use url::Url;

use super::input::{InputFault, text_of};
use super::json_fault;
use super::shown::Shown;

/// The settings that are given, as the Config Store items that they would be.
pub struct Given {
    /// The policy's.
    pub(super) base_url: Url,
    pub(super) items: Items,
}

/// A Config Store, as far as it is given.
pub(super) struct Items {
    policy: Option<String>,
    keys: Option<String>,
}

impl Given {
    /// Reads the files that there are.
    ///
    /// # Errors
    /// [`InputFault`].
    pub fn read(policy: Option<&Path>, keys: Option<&Path>) -> Result<Self, InputFault> {
        let in_force = match policy {
            None => settings::built_in_policy().map_err(|_| InputFault::BuiltInPolicy)?,
            Some(file) => policy_in(file)?,
        };
        let mut items = Items {
            policy: policy.map(|_| in_force.to_compact()),
            keys: None,
        };
        if let Some(file) = keys {
            let name = file.display();
            let text = text_of("--keys", file)?;
            let item = keys_item(&text, &in_force)
                .map_err(|fault| InputFault::Unexpected(format!("{name}: {}", Shown(fault))))?;
            items.keys = Some(item);
        }
        Ok(Self {
            base_url: in_force.base_url,
            items,
        })
    }
}

impl Items {
    /// What the store says of an item.
    pub(super) fn read(&self, item: Item) -> Read {
        let given = match item {
            Item::Policy => &self.policy,
            Item::Keys => &self.keys,
        };
        given.clone().map_or(Read::Absent, Read::Present)
    }
}

/// A policy as people write it, or as `azat policy compile` prints it.
fn policy_in(file: &Path) -> Result<Policy, InputFault> {
    let name = file.display();
    let text = text_of("--policy", file)?;
    let policy = match text.trim_start().starts_with('{') {
        true => Policy::from_compact(&text),
        false => Policy::from_toml(&text),
    };
    policy.map_err(|fault| InputFault::Unexpected(format!("{name}, {}", Shown(fault))))
}

/// The item `keys`. One JWK set serves every profile with published keys; an object of sets is the
/// item itself.
fn keys_item(text: &str, policy: &Policy) -> Result<String, String> {
    const EXPECTED: &str = "expected a JWK set, or a JSON object with one set per profile";
    let members: Map<String, Value> =
        serde_json::from_str(text).map_err(|fault| json_fault::describe(&fault, EXPECTED))?;
    if !members.contains_key("keys") {
        return checked(text);
    }
    KeySet::parse(text).map_err(|fault| fault.to_string())?;
    // As text: read and written again, a set would lose a member that occurs twice, which is for
    // the edge to refuse.
    let sets = (policy.profiles.iter())
        .filter(|(_, profile)| !profile.algorithm.is_symmetric())
        .map(|(name, _)| format!("{}:{text}", Value::from(name.as_str())));
    checked(&format!("{{{}}}", sets.collect::<Vec<_>>().join(",")))
}

/// The item, if the edge takes it.
fn checked(item: &str) -> Result<String, String> {
    settings::check_keys(item).map(|()| item.to_owned())
}

#[cfg(test)]
mod tests;
