//! The last good item, kept where all sandboxes of a place find it.

use crate::platform::{CacheKey, Entry, Item, Platform};
use crate::time::UnixTime;

/// For how long an item stays in force once it is broken, in seconds since it was last seen good.
pub const GRACE_SECONDS: u64 = 300;

/// What a sandbox saw of an item when it was last good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// When that was.
    pub(super) seen_at: UnixTime,
    /// The item; `None` when it had been removed.
    pub(super) text: Option<String>,
}

impl Kept {
    /// Keeps it for others.
    pub(super) fn keep(self, platform: &mut impl Platform, item: Item) {
        let entry = Entry::new(self.into_content(), GRACE_SECONDS);
        platform.keep(&key(item), entry);
    }

    /// What was kept last, by any sandbox.
    pub(super) fn recall(platform: &mut impl Platform, item: Item) -> Option<Self> {
        Self::of_content(platform.recall(&key(item))?)
    }

    /// The time; then, on lines of its own, the item.
    fn into_content(self) -> Vec<u8> {
        let seen_at = self.seen_at.seconds();
        match self.text {
            Some(text) => format!("{seen_at}\n{text}").into_bytes(),
            None => seen_at.to_string().into_bytes(),
        }
    }

    fn of_content(content: Vec<u8>) -> Option<Self> {
        let content = String::from_utf8(content).ok()?;
        let (seen_at, text) = match content.split_once('\n') {
            Some((seen_at, text)) => (seen_at, Some(text.to_owned())),
            None => (content.as_str(), None),
        };
        let seen_at = UnixTime::from_seconds(seen_at.parse().ok()?);
        Some(Self { seen_at, text })
    }
}

fn key(item: Item) -> CacheKey {
    CacheKey::of("good item", &[item.key()])
}
