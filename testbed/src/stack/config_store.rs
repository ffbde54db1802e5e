//! The edge's Config Store, as a file that the runtime reads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The edge's Config Store: a JSON file that the runtime reads again whenever the edge opens the
/// store, or, once it is frozen, a part of the edge's manifest that the runtime has read when it
/// started.
pub(crate) struct ConfigStore {
    path: PathBuf,
    frozen: bool,
    items: BTreeMap<&'static str, String>,
}

impl ConfigStore {
    /// An empty store at `path`.
    pub(crate) fn create(path: PathBuf) -> Result<Self> {
        let store = Self {
            path,
            frozen: false,
            items: BTreeMap::new(),
        };
        store.write()?;
        Ok(store)
    }

    /// Nothing will be changed any more.
    pub(crate) fn freeze(&mut self) {
        self.frozen = true;
    }

    /// The items, once they are frozen.
    pub(crate) fn frozen(&self) -> Option<BTreeMap<String, String>> {
        let items = || {
            let items = self.items.iter();
            items.map(|(&item, value)| (item.to_owned(), value.clone()))
        };
        self.frozen.then(|| items().collect())
    }

    /// Where the file is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// An item as it was put.
    pub(crate) fn get(&self, item: &str) -> Option<&str> {
        self.items.get(item).map(String::as_str)
    }

    /// Puts or, with `None`, removes an item.
    pub(crate) fn set(&mut self, item: &'static str, value: Option<&str>) -> Result<()> {
        match value {
            Some(value) => self.items.insert(item, value.to_owned()),
            None => self.items.remove(item),
        };
        self.write()
    }

    /// A reader finds the old file or the new one, never a part.
    fn write(&self) -> Result<()> {
        let new = self.path.with_extension("new");
        let json =
            serde_json::to_string(&self.items).map_err(Error::malformed("the Config Store"))?;
        crate::error::write(&new, json)?;
        std::fs::rename(&new, &self.path).map_err(Error::io("replace the Config Store"))
    }
}

#[cfg(test)]
mod tests;
