//! Rows as JSON, and how often each has changed.

use redb::{ReadableDatabase as _, ReadableTable, Table};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::database::Store;
use super::fault::StoreFault;
use super::tables::Rows;

/// A row, and the count of its changes: 1 when it is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised<T> {
    /// Grows with every change of the row.
    pub revision: u64,
    /// The row.
    pub row: T,
}

impl Store {
    /// Reads one row.
    pub(super) fn get<T: DeserializeOwned>(
        &self,
        table: Rows,
        key: &str,
    ) -> Result<Option<T>, StoreFault> {
        row(&self.database.begin_read()?.open_table(table)?, key)
    }
}

/// The row of that key in an open table.
pub(super) fn row<T: DeserializeOwned>(
    table: &impl ReadableTable<&'static str, &'static str>,
    key: &str,
) -> Result<Option<T>, StoreFault> {
    let row = table.get(key)?;
    row.map(|json| Ok(serde_json::from_str(json.value())?))
        .transpose()
}

/// Writes a row.
pub(super) fn put<T: Serialize>(
    table: &mut Table<'_, &'static str, &'static str>,
    key: &str,
    row: &T,
) -> Result<(), StoreFault> {
    table.insert(key, serde_json::to_string(row)?.as_str())?;
    Ok(())
}

/// Writes a row, and says whether it differs from what was there. A row that does not keeps its
/// revision.
pub(super) fn put_revised<T>(
    table: &mut Table<'_, &'static str, &'static str>,
    key: &str,
    row: T,
) -> Result<bool, StoreFault>
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    let former: Option<Revised<T>> = self::row(table, key)?;
    let revision = match former {
        Some(former) if former.row == row => return Ok(false),
        Some(former) => former.revision + 1,
        None => 1,
    };
    put(table, key, &Revised { revision, row })?;
    Ok(true)
}
