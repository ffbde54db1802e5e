//! Config Store and Secret Store.

/// What an operator changes without a redeploy.
pub trait Stores {
    /// What the Config Store says of an item.
    fn item(&mut self, item: Item) -> Read;

    /// What stands in the Secret Store under that name; `None` when there is no such entry.
    fn secret(&mut self, name: &str) -> Option<Vec<u8>>;
}

/// The Config Store items that override what is built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// The policy, in its compact form.
    Policy,
    /// A JWK set per profile: `{"azat": {"keys": […]}}`.
    Keys,
}

impl Item {
    /// The item's key in the store.
    pub fn key(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Keys => "keys",
        }
    }
}

/// What a Config Store says of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// It is not there.
    Absent,
    /// It is there.
    Present(String),
    /// The store cannot be read.
    Failed,
}

#[cfg(test)]
mod tests;
