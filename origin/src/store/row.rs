//! Rows as JSON, with the number of their form and the store's revisions of their writing.

use redb::{ReadableTable, Table, TableHandle as _};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::database::Store;
use super::fault::{StoreFault, UnreadableRow};
use super::tables::{Columns, MANIFESTS, Rows, SESSIONS};

/// The form that this version of the program writes, and the only one that it reads.
pub(super) const FORM: u32 = 1;

/// An open table of rows, to be written to.
pub(super) type RowsToWrite<'t> = Table<'t, &'static str, Columns>;

/// A row, and the store's revision when it last changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revised<T> {
    /// Grows with every change of the row.
    pub revision: u64,
    /// The row.
    pub row: T,
}

/// Why a row cannot be read.
#[derive(Debug)]
pub(super) enum NotARow {
    /// Another version of the program has written it.
    Form(u32),
    /// Its JSON is not such a row.
    Json(serde_json::Error),
}

/// A row as it lies in its table.
pub(super) struct Stored<'r> {
    form: u32,
    /// The store's revision when the row was new.
    pub(super) created: u64,
    revision: u64,
    json: &'r str,
}

impl<'r> Stored<'r> {
    pub(super) fn of((form, created, revision, json): (u32, u64, u64, &'r str)) -> Self {
        Self {
            form,
            created,
            revision,
            json,
        }
    }

    /// Reads the row; says what keeps it from being read.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<Revised<T>, NotARow> {
        if self.form != FORM {
            return Err(NotARow::Form(self.form));
        }
        let row = serde_json::from_str(self.json).map_err(NotARow::Json)?;
        let revision = self.revision;
        Ok(Revised { revision, row })
    }
}

impl Store {
    /// Reads one row.
    pub(super) fn get<T: DeserializeOwned>(
        &self,
        table: Rows,
        key: &str,
    ) -> Result<Option<Revised<T>>, StoreFault> {
        self.read(|transaction| row(&transaction.open_table(table)?, table, key))
    }
}

/// The row of that key in an open table.
pub(super) fn row<T: DeserializeOwned>(
    open: &impl ReadableTable<&'static str, Columns>,
    table: Rows,
    key: &str,
) -> Result<Option<Revised<T>>, StoreFault> {
    let Some(columns) = open.get(key)? else {
        return Ok(None);
    };
    match Stored::of(columns.value()).read() {
        Ok(row) => Ok(Some(row)),
        Err(why) => Err(unreadable(table, key, &why).into()),
    }
}

/// Names a row that cannot be read. Of a session or a manifest it tells no more than where: the
/// parser's words have the values that it met.
pub(super) fn unreadable(table: Rows, key: &str, why: &NotARow) -> UnreadableRow {
    let is_secret = [SESSIONS.name(), MANIFESTS.name()].contains(&table.name());
    let why = match why {
        NotARow::Form(form) => format!("it is of form {form}, not {FORM}"),
        NotARow::Json(error) if is_secret => {
            format!("its JSON is not as expected at column {}", error.column())
        }
        NotARow::Json(error) => error.to_string(),
    };
    UnreadableRow::new(table, key, why)
}

/// Writes a row as of that revision, whatever was there; it stays as old as it is.
pub(super) fn put<T: Serialize>(
    table: &mut RowsToWrite<'_>,
    key: &str,
    row: &T,
    revision: u64,
) -> Result<(), StoreFault> {
    let json = serde_json::to_string(row).map_err(StoreFault::Unwritable)?;
    let created = table
        .get(key)?
        .map(|former| Stored::of(former.value()).created);
    let created = created.unwrap_or(revision);
    table.insert(key, (FORM, created, revision, json.as_str()))?;
    Ok(())
}

#[cfg(test)]
impl Store {
    /// Makes the row of a file one that cannot be read.
    pub(crate) fn spoil_file(&self, key: &str) {
        self.spoil(super::tables::FILES, key, (FORM, ""));
    }

    /// Makes the session of a subject one that cannot be read.
    pub(crate) fn spoil_session(&self, key: &str) {
        self.spoil(super::tables::SESSIONS, key, (FORM, ""));
    }

    /// Writes this form and JSON in place of a row's.
    pub(super) fn spoil(&self, table: Rows, key: &str, (form, json): (u32, &str)) {
        let spoilt = self.write(|transaction| {
            transaction
                .open_table(table)?
                .insert(key, (form, 1, 1, json))?;
            Ok(super::database::Act::Done(()))
        });
        spoilt.unwrap();
    }
}

/// The row of that key, to be replaced: one that cannot be read is none.
pub(super) fn former<T: DeserializeOwned>(
    open: &impl ReadableTable<&'static str, Columns>,
    key: &str,
) -> Result<Option<T>, StoreFault> {
    let columns = open.get(key)?;
    let stored = columns.as_ref().map(|columns| Stored::of(columns.value()));
    Ok(stored
        .and_then(|stored| stored.read().ok())
        .map(|read| read.row))
}
