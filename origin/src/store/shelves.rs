//! Shelves: the files of one source of a catalog, the public ones apart from the others.
//!
//! Who may read one file of a shelf may read all of it. So a manifest is made from whole shelves,
//! whose lengths are known without walking along them.

use std::collections::BTreeMap;

use redb::{ReadableTable, Table, WriteTransaction};

use super::fault::StoreFault;
use super::tables::{EntryKey, LengthKey, SHELF_LENGTHS, SHELVES};
use crate::file::File;

/// A shelf of a catalog.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shelf {
    /// The source of its files.
    pub source: String,
    /// Whether they are public.
    pub public: bool,
}

/// The shelves as an import writes to them.
pub(super) struct ShelvesToWrite<'t> {
    entries: Table<'t, EntryKey, ()>,
    lengths: Table<'t, LengthKey, u64>,
    /// How much longer each shelf is than at the beginning, by catalog.
    growth: BTreeMap<(String, Shelf), i64>,
}

impl Shelf {
    /// The shelf that a file stands on.
    pub(super) fn of(file: &File) -> Self {
        Self {
            source: file.source.clone(),
            public: file.public,
        }
    }
}

impl<'t> ShelvesToWrite<'t> {
    pub(super) fn open(transaction: &'t WriteTransaction) -> Result<Self, StoreFault> {
        Ok(Self {
            entries: transaction.open_table(SHELVES)?,
            lengths: transaction.open_table(SHELF_LENGTHS)?,
            growth: BTreeMap::new(),
        })
    }

    /// Puts a version on its shelf.
    pub(super) fn put(&mut self, file: &File) -> Result<(), StoreFault> {
        let shelf = Shelf::of(file);
        if self.entries.insert(key(&shelf, file), ())?.is_none() {
            *self.growth(shelf, file) += 1;
        }
        Ok(())
    }

    /// Takes a version from the shelf that it stood on; `None` when that is not known.
    pub(super) fn take(&mut self, shelf: Option<Shelf>, file: &File) -> Result<(), StoreFault> {
        let candidates = match shelf {
            Some(shelf) => vec![shelf],
            None => (all(&self.lengths, file.catalog.as_str())?.into_iter())
                .map(|(shelf, _)| shelf)
                .collect(),
        };
        for shelf in candidates {
            if self.entries.remove(key(&shelf, file))?.is_some() {
                *self.growth(shelf, file) -= 1;
            }
        }
        Ok(())
    }

    /// Writes the lengths that the shelves have now.
    pub(super) fn finish(mut self) -> Result<(), StoreFault> {
        for ((catalog, Shelf { source, public }), growth) in self.growth {
            let key = (catalog.as_str(), source.as_str(), public);
            let former = self.lengths.get(key)?.map_or(0, |length| length.value());
            match former.saturating_add_signed(growth) {
                0 => self.lengths.remove(key)?,
                length => self.lengths.insert(key, length)?,
            };
        }
        Ok(())
    }

    fn growth(&mut self, shelf: Shelf, file: &File) -> &mut i64 {
        let catalog = file.catalog.as_str().to_owned();
        self.growth.entry((catalog, shelf)).or_default()
    }
}

/// All shelves of a catalog with their lengths, in versions of files.
pub(super) fn all(
    lengths: &impl ReadableTable<LengthKey, u64>,
    catalog: &str,
) -> Result<Vec<(Shelf, u64)>, StoreFault> {
    let mut shelves = Vec::new();
    for row in lengths.range((catalog, "", false)..)? {
        let (key, length) = row?;
        let (of, source, public) = key.value();
        if of != catalog {
            break;
        }
        let source = source.to_owned();
        shelves.push((Shelf { source, public }, length.value()));
    }
    Ok(shelves)
}

/// What a version goes by on a shelf.
pub(super) fn key<'f>(
    shelf: &'f Shelf,
    file: &'f File,
) -> (&'f str, &'f str, bool, &'f str, &'f str) {
    let (catalog, uuid) = (file.catalog.as_str(), file.uuid.as_str());
    (
        catalog,
        &shelf.source,
        shelf.public,
        uuid,
        file.version.as_str(),
    )
}
