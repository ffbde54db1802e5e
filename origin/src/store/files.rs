//! Files in the store.

use std::io::BufRead;

use azat_edge::file::FileId;
use redb::ReadableTable;

use super::database::Store;
use super::fault::{StoreFault, UnreadableRow};
use super::import::{ImportFault, Imported, Lines, Renamed};
use super::paths::{self, Place};
use super::revision;
use super::row::{FORM, Revised, Stored, unreadable};
use super::shelves::{Shelf, ShelvesToWrite};
use super::tables::{Columns, FILES, PATHS};
use crate::file::{File, PlacedFile};

impl Store {
    /// Reads files from JSON lines, all of them or none.
    ///
    /// For each line reads the row that it is about, and writes it if it differs or cannot be read,
    /// with its place on a shelf and the path that it is saved to. An operator's command, with no
    /// condition on what others write meanwhile.
    ///
    /// # Errors
    /// [`ImportFault`]: the first bad line.
    pub fn import_files(&self, lines: impl BufRead) -> Result<Imported, ImportFault> {
        self.import(|transaction| {
            let next = revision::found(transaction)? + 1;
            let mut files = transaction.open_table(FILES).map_err(StoreFault::from)?;
            let mut paths = transaction.open_table(PATHS).map_err(StoreFault::from)?;
            let mut shelves = ShelvesToWrite::open(transaction)?;
            let mut lines = Lines::of(lines);
            let (mut changed, mut renamed) = (0, Vec::new());
            while let Some(file) = lines.next::<File>()? {
                let key = key(
                    file.catalog.as_str(),
                    file.uuid.as_str(),
                    file.version.as_str(),
                );
                lines.refuse_twice(&key)?;
                lines.refuse_too_long(&file)?;
                let former = Former::of(&files, &key)?;
                if former.holds(&file) {
                    continue;
                }
                changed += 1;
                let Place { path, kept_by } = paths::place(&mut paths, &file)?;
                if let Some(kept_by) = kept_by {
                    renamed.push(Renamed {
                        uuid: file.uuid.as_str().to_owned(),
                        wanted: file.own_path(),
                        path: path.clone(),
                        kept_by,
                    });
                }
                if former.created.is_some() {
                    shelves.take(former.shelf(), &file)?;
                }
                shelves.put(&file)?;
                let created = former.created.unwrap_or(next);
                let row = PlacedFile { file, path };
                let json = serde_json::to_string(&row).map_err(StoreFault::Unwritable)?;
                (files.insert(key.as_str(), (FORM, created, next, json.as_str())))
                    .map_err(StoreFault::from)?;
            }
            shelves.finish()?;
            if changed > 0 {
                revision::set(transaction, next)?;
            }
            Ok(Imported {
                lines: lines.read,
                changed,
                renamed,
            })
        })
    }

    /// The file of that name; its newest version when the name has none.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn file(&self, id: &FileId) -> Result<Option<Revised<PlacedFile>>, StoreFault> {
        let (catalog, uuid) = (id.catalog.as_str(), id.uuid.as_str());
        if let Some(version) = &id.version {
            return self.get(FILES, &key(catalog, uuid, version.as_str()));
        }
        self.read(|transaction| {
            let files = transaction.open_table(FILES)?;
            newest(&files, catalog, uuid, u64::MAX)?
                .map(|found| found.row.map_err(StoreFault::from))
                .transpose()
        })
    }
}

/// A version of a file, as it was found.
pub(super) struct Found {
    /// The version.
    pub(super) version: String,
    /// Its row, if it can be read.
    pub(super) row: Result<Revised<PlacedFile>, UnreadableRow>,
}

/// The newest version of a file among those that were there at a revision of the store.
pub(super) fn newest(
    files: &impl ReadableTable<&'static str, Columns>,
    catalog: &str,
    uuid: &str,
    revision: u64,
) -> Result<Option<Found>, StoreFault> {
    let prefix = key(catalog, uuid, "");
    // Versions are times whose order is that of their texts, and none has a `~`.
    let after = format!("{prefix}~");
    for row in files.range(prefix.as_str()..after.as_str())?.rev() {
        let (key, columns) = row?;
        let stored = Stored::of(columns.value());
        if stored.created <= revision {
            let version = key.value().strip_prefix(&prefix).unwrap_or_default();
            return Ok(Some(Found {
                version: version.to_owned(),
                row: stored
                    .read()
                    .map_err(|why| unreadable(FILES, key.value(), &why)),
            }));
        }
    }
    Ok(None)
}

/// What a version's row goes by.
pub(super) fn key(catalog: &str, uuid: &str, version: &str) -> String {
    format!("{catalog}/{uuid}/{version}")
}

/// What an import finds in place of the row that it is about to write.
struct Former {
    /// The store's revision when the row was new; absent when there is none.
    created: Option<u64>,
    /// The row; absent too when it cannot be read.
    row: Option<PlacedFile>,
}

impl Former {
    fn of(
        files: &impl ReadableTable<&'static str, Columns>,
        key: &str,
    ) -> Result<Self, StoreFault> {
        let columns = files.get(key)?;
        let stored = columns.as_ref().map(|columns| Stored::of(columns.value()));
        Ok(Self {
            created: stored.as_ref().map(|stored| stored.created),
            row: stored
                .and_then(|stored| stored.read().ok())
                .map(|read| read.row),
        })
    }

    fn holds(&self, file: &File) -> bool {
        self.row.as_ref().is_some_and(|row| row.file == *file)
    }

    fn shelf(&self) -> Option<Shelf> {
        self.row.as_ref().map(|row| Shelf::of(&row.file))
    }
}

#[cfg(test)]
mod tests;
