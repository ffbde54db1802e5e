//! Listing the files of a manifest, some at a time, in memory that does not grow with their number.

use std::collections::{BTreeSet, VecDeque};

use azat_edge::file::Catalog;

use super::database::Store;
use super::fault::{StoreFault, UnreadableRow};
use super::files::{self, Found};
use super::shelves::{self, Shelf};
use super::tables::{FILES, SHELF_LENGTHS, SHELVES};
use crate::file::PlacedFile;

/// What is listed.
#[derive(Debug, Clone)]
pub(super) struct Selection {
    /// The catalog of all files.
    pub(super) catalog: Catalog,
    /// Their sources; all when absent.
    pub(super) sources: Option<BTreeSet<String>>,
    /// Whose files they are.
    pub(super) readable: Readable,
    /// The revision of the store that says which version of each is the newest.
    pub(super) revision: u64,
}

/// Which files may be read by whoever reads the list.
#[derive(Debug, Clone)]
pub(super) enum Readable {
    /// All of them.
    Everything,
    /// The public ones, and those of some sources.
    PublicAnd(BTreeSet<String>),
}

/// A list that is being read.
#[derive(Debug, Clone)]
pub struct Listing {
    catalog: Catalog,
    revision: u64,
    /// The shelves that have not been read to their ends.
    shelves: VecDeque<Shelf>,
    /// The uuid on the first of them that was read last; empty before any.
    after: String,
    length: u64,
}

/// A line of a list.
#[derive(Debug)]
pub enum Listed {
    /// A file as it is now.
    File(Box<PlacedFile>),
    /// A file whose row cannot be read.
    Unreadable {
        /// The file.
        uuid: String,
        /// Its version.
        version: String,
        /// What is wrong with the row.
        row: UnreadableRow,
    },
}

impl Listed {
    /// Whether it can be downloaded.
    pub fn is_available(&self) -> bool {
        match self {
            Self::File(placed) => placed.file.is_available(),
            Self::Unreadable { .. } => false,
        }
    }
}

impl Readable {
    fn includes(&self, shelf: &Shelf) -> bool {
        match self {
            Self::Everything => true,
            Self::PublicAnd(sources) => shelf.public || sources.contains(&shelf.source),
        }
    }
}

impl Listing {
    /// How many versions of files stand on its shelves: no fewer than it has lines.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether it has been read to its end.
    pub fn is_over(&self) -> bool {
        self.shelves.is_empty()
    }
}

impl Store {
    /// The list of what is selected, to be read from its beginning.
    ///
    /// Reads the lengths of the catalog's shelves.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub(super) fn list(&self, selection: &Selection) -> Result<Listing, StoreFault> {
        let catalog = selection.catalog.clone();
        let all = self.read(|transaction| {
            shelves::all(&transaction.open_table(SHELF_LENGTHS)?, catalog.as_str())
        })?;
        let is_asked_for = |shelf: &Shelf| {
            let sources = selection.sources.as_ref();
            sources.is_none_or(|sources| sources.contains(&shelf.source))
        };
        let mut length = 0;
        let mut chosen = VecDeque::new();
        for (shelf, versions) in all {
            if is_asked_for(&shelf) && selection.readable.includes(&shelf) {
                length += versions;
                chosen.push_back(shelf);
            }
        }
        Ok(Listing {
            catalog,
            revision: selection.revision,
            shelves: chosen,
            after: String::new(),
            length,
        })
    }

    /// The next lines of a list: those of the next `steps` files on its shelves, or fewer at the
    /// end of a shelf. A file is on the list in the newest version that was there at the list's
    /// revision; if that version stands on another shelf now, its place is there.
    ///
    /// Reads, all of one moment, some of one shelf and the rows of its files.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn next_of(&self, listing: &mut Listing, steps: usize) -> Result<Vec<Listed>, StoreFault> {
        let Some(shelf) = listing.shelves.front() else {
            return Ok(Vec::new());
        };
        let catalog = listing.catalog.as_str();
        let Shelf { source, public } = shelf;
        let (lines, last) = self.read(|transaction| {
            let entries = transaction.open_table(SHELVES)?;
            let files = transaction.open_table(FILES)?;
            let mut lines = Vec::new();
            let mut last: Option<String> = None;
            // No version is `~` or comes after it, so this is beyond the uuid that was read last.
            let begin = (
                catalog,
                source.as_str(),
                *public,
                listing.after.as_str(),
                "~",
            );
            let mut walked = 0;
            for entry in entries.range(begin..)? {
                let (entry, ()) = entry.map(|(key, _)| (key, ()))?;
                let (of, on, is_public, uuid, _) = entry.value();
                if (of, on, is_public) != (catalog, source.as_str(), *public) {
                    return Ok((lines, None));
                }
                if last.as_deref() == Some(uuid) {
                    continue;
                }
                if walked == steps {
                    return Ok((lines, last));
                }
                walked += 1;
                last = Some(uuid.to_owned());
                let Some(Found { version, row }) =
                    files::newest(&files, catalog, uuid, listing.revision)?
                else {
                    continue;
                };
                // The row says where it stands; only of one that says nothing, the shelf does.
                let is_here = match &row {
                    Ok(file) => Shelf::of(&file.row.file) == *shelf,
                    Err(_) => {
                        let here = (catalog, source.as_str(), *public, uuid, version.as_str());
                        entries.get(here)?.is_some()
                    }
                };
                if !is_here {
                    continue;
                }
                lines.push(match row {
                    Ok(file) => Listed::File(Box::new(file.row)),
                    Err(row) => Listed::Unreadable {
                        uuid: uuid.to_owned(),
                        version,
                        row,
                    },
                });
            }
            Ok((lines, None))
        })?;
        match last {
            Some(uuid) => listing.after = uuid,
            None => {
                listing.shelves.pop_front();
                listing.after.clear();
            }
        }
        Ok(lines)
    }
}

#[cfg(test)]
mod tests;
