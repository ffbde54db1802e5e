//! Files in the store.

use std::io::BufRead;

use azat_edge::file::{Catalog, FileId};
use redb::ReadableDatabase as _;

use super::database::Store;
use super::fault::StoreFault;
use super::import::{ImportFault, Imported};
use super::row::Revised;
use super::tables::FILES;
use crate::file::File;

impl Store {
    /// Reads files from JSON lines, all of them or none.
    ///
    /// For each line reads the row that it is about, and writes it if it differs. An operator's
    /// command, with no condition on what others write meanwhile.
    ///
    /// # Errors
    /// [`ImportFault`]: the first bad line.
    pub fn import_files(&self, lines: impl BufRead) -> Result<Imported, ImportFault> {
        self.import(FILES, lines, |file: &File| {
            let (catalog, uuid) = (file.catalog.as_str(), file.uuid.as_str());
            Ok(format!("{catalog}/{uuid}/{}", file.version.as_str()))
        })
    }

    /// The file of that name; its newest version when the name has none.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn file(&self, id: &FileId) -> Result<Option<Revised<File>>, StoreFault> {
        let prefix = format!("{}/{}/", id.catalog.as_str(), id.uuid.as_str());
        if let Some(version) = &id.version {
            return self.get(FILES, &format!("{prefix}{}", version.as_str()));
        }
        let table = self.database.begin_read()?.open_table(FILES)?;
        // Versions are times whose order is that of their texts: the newest comes last.
        let newest = table
            .range(prefix.as_str()..after(&prefix).as_str())?
            .next_back();
        match newest {
            Some(row) => Ok(Some(serde_json::from_str(row?.1.value())?)),
            None => Ok(None),
        }
    }

    /// The newest version of each file of a catalog, ordered by uuid.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn newest_files(&self, catalog: &Catalog) -> Result<Vec<File>, StoreFault> {
        let prefix = format!("{}/", catalog.as_str());
        let table = self.database.begin_read()?.open_table(FILES)?;
        let mut files: Vec<File> = Vec::new();
        for row in table.range(prefix.as_str()..after(&prefix).as_str())? {
            let (_, json) = row?;
            let Revised { row: file, .. } = serde_json::from_str::<Revised<File>>(json.value())?;
            files.pop_if(|older| older.uuid == file.uuid);
            files.push(file);
        }
        Ok(files)
    }
}

/// A text after all keys that begin with `prefix`: no uuid and no version has a `~`.
fn after(prefix: &str) -> String {
    format!("{prefix}~")
}

#[cfg(test)]
mod tests;
