//! Checking a store: reads all of it, and says what is wrong with it.

use redb::{
    ReadTransaction, ReadableDatabase as _, ReadableTable as _, ReadableTableMetadata as _,
    TableHandle as _,
};
use serde::de::DeserializeOwned;

use super::database::Store;
use super::fault::{StoreFault, UnreadableRow};
use super::row::{Revised, Stored, unreadable};
use super::shelves::{self, Shelf};
use super::tables::{
    FILES, JTI_WINDOWS, MANIFEST_ENDS, MANIFESTS, PATHS, Rows, SESSIONS, SHELF_LENGTHS, SHELVES,
    SIGNING_KEYS, USERS,
};
use super::{files, paths};
use crate::file::PlacedFile;
use crate::manifest::Manifest;
use crate::session::Session;
use crate::token::{JtiWindow, SigningKey};
use crate::user::User;

/// What a check says as it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// A table has been read.
    Table {
        /// Its name.
        name: String,
        /// How many rows it has.
        rows: u64,
    },
    /// Something is wrong.
    Fault(Finding),
}

/// One thing that is wrong with a store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// The file was damaged.
    #[error("the file was damaged, and what could be repaired has been")]
    Damaged,
    /// A row cannot be read.
    #[error("{0}")]
    Unreadable(UnreadableRow),
    /// A signing key cannot be read.
    #[error("the signing key {0} cannot be read")]
    UnreadableKey(String),
    /// A file is not where manifests look for it.
    #[error("no manifest lists the file {0}: import it again")]
    OffShelf(String),
    /// A manifest looks for a file that is not there.
    #[error("manifests look in vain for the file {0}")]
    Missing(String),
    /// A manifest looks for a file where it is not any more.
    #[error("manifests look for the file {0} in a source that it is not of: import it again")]
    Astray(String),
    /// A file is saved under a path that another file may get.
    #[error("the path of the file {0} is not kept for it: import it again")]
    PathNotKept(String),
    /// A shelf has another length than is written down.
    #[error("source {source_name} of catalog {catalog} has {entries} versions, not {length}")]
    Length {
        /// The catalog.
        catalog: String,
        /// The source.
        source_name: String,
        /// How many there are.
        entries: u64,
        /// How many are said to be there.
        length: u64,
    },
    /// The ends of manifests do not match the manifests.
    #[error("there are {manifests} manifests, and the ends of {ends}")]
    Ends {
        /// How many manifests there are.
        manifests: u64,
        /// How many ends.
        ends: u64,
    },
}

impl Store {
    /// Checks the whole store, and closes it. `say` hears what it finds, as it goes. Nothing is
    /// changed, except that a damaged file is repaired.
    ///
    /// # Errors
    /// [`StoreFault`]: the check could not go on.
    pub fn check(self, mut say: impl FnMut(Checked)) -> Result<(), StoreFault> {
        let mut database = self.into_database()?;
        let is_whole = database.check_integrity().map_err(StoreFault::damaged)?;
        if !is_whole {
            say(Checked::Fault(Finding::Damaged));
        }
        let transaction = database.begin_read()?;
        let mut check = Check {
            transaction: &transaction,
            say: &mut say,
        };
        check.signing_keys()?;
        check.rows::<User>(USERS)?;
        check.rows::<Session>(SESSIONS)?;
        check.rows::<JtiWindow>(JTI_WINDOWS)?;
        check.files()?;
        check.shelves()?;
        check.rows::<Manifest>(MANIFESTS)?;
        check.ends()
    }
}

/// A check under way.
struct Check<'c> {
    transaction: &'c ReadTransaction,
    say: &'c mut dyn FnMut(Checked),
}

impl Check<'_> {
    fn fault(&mut self, finding: Finding) {
        (self.say)(Checked::Fault(finding));
    }

    fn table(&mut self, name: &str, rows: u64) {
        let name = name.to_owned();
        (self.say)(Checked::Table { name, rows });
    }

    fn signing_keys(&mut self) -> Result<(), StoreFault> {
        let keys = self.transaction.open_table(SIGNING_KEYS)?;
        for row in keys.iter()? {
            let (kid, value) = row?;
            if SigningKey::from_pkcs8_der(value.value().1).is_err() {
                self.fault(Finding::UnreadableKey(kid.value().to_owned()));
            }
        }
        self.table(SIGNING_KEYS.name(), keys.len()?);
        Ok(())
    }

    fn rows<T: DeserializeOwned>(&mut self, table: Rows) -> Result<(), StoreFault> {
        self.each_row(table, |_, _, _: T| Ok(()))
    }

    /// Reads every row of a table; `also` looks at those that can be read.
    fn each_row<T: DeserializeOwned>(
        &mut self,
        table: Rows,
        mut also: impl FnMut(&mut Self, &str, T) -> Result<(), StoreFault>,
    ) -> Result<(), StoreFault> {
        let open = self.transaction.open_table(table)?;
        for row in open.iter()? {
            let (key, columns) = row?;
            match Stored::of(columns.value()).read::<T>() {
                Ok(row) => also(self, key.value(), row.row)?,
                Err(why) => {
                    let row = unreadable(table, key.value(), &why);
                    self.fault(Finding::Unreadable(row));
                }
            }
        }
        self.table(table.name(), open.len()?);
        Ok(())
    }

    fn files(&mut self) -> Result<(), StoreFault> {
        let entries = self.transaction.open_table(SHELVES)?;
        let kept = self.transaction.open_table(PATHS)?;
        self.each_row(FILES, |check, key, PlacedFile { file, path }| {
            let (catalog, uuid) = (file.catalog.as_str(), file.uuid.as_str());
            let shelf = Shelf::of(&file);
            if entries.get(shelves::key(&shelf, &file))?.is_none() {
                check.fault(Finding::OffShelf(key.to_owned()));
            }
            let path = paths::key(catalog, path.folded().as_str());
            let owner = kept.get(path.as_str())?;
            if owner.is_none_or(|owner| owner.value() != uuid) {
                check.fault(Finding::PathNotKept(key.to_owned()));
            }
            Ok(())
        })
    }

    fn shelves(&mut self) -> Result<(), StoreFault> {
        let entries = self.transaction.open_table(SHELVES)?;
        let lengths = self.transaction.open_table(SHELF_LENGTHS)?;
        let rows = self.transaction.open_table(FILES)?;
        let mut counted = 0;
        for row in lengths.iter()? {
            let (key, length) = row?;
            let (catalog, source, public) = key.value();
            let mut there = 0;
            for entry in entries.range((catalog, source, public, "", "")..)? {
                let (entry, _) = entry?;
                let (of, on, is_public, uuid, version) = entry.value();
                if (of, on, is_public) != (catalog, source, public) {
                    break;
                }
                there += 1;
                let file = files::key(catalog, uuid, version);
                let row = rows.get(file.as_str())?;
                let row = row
                    .as_ref()
                    .map(|columns| Stored::of(columns.value()).read());
                match row {
                    None => self.fault(Finding::Missing(file)),
                    Some(Ok(Revised {
                        row: PlacedFile { file: found, .. },
                        ..
                    })) if (found.source.as_str(), found.public) != (source, public) => {
                        self.fault(Finding::Astray(file));
                    }
                    Some(_) => {}
                }
            }
            counted += there;
            if there != length.value() {
                self.fault(Finding::Length {
                    catalog: catalog.to_owned(),
                    source_name: source.to_owned(),
                    entries: there,
                    length: length.value(),
                });
            }
        }
        if counted != entries.len()? {
            self.fault(Finding::Length {
                catalog: "(any)".to_owned(),
                source_name: "(any)".to_owned(),
                entries: entries.len()?,
                length: counted,
            });
        }
        self.table(SHELVES.name(), counted);
        Ok(())
    }

    fn ends(&mut self) -> Result<(), StoreFault> {
        let manifests = self.transaction.open_table(MANIFESTS)?.len()?;
        let ends = self.transaction.open_table(MANIFEST_ENDS)?.len()?;
        if manifests != ends {
            self.fault(Finding::Ends { manifests, ends });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
