//! Imports: rows from JSON lines, all of them or none.

use std::collections::HashMap;
use std::io::{self, BufRead};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::database::Store;
use super::fault::StoreFault;
use super::row::put_revised;
use super::tables::Rows;

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// The lines read.
    pub lines: usize,
    /// The rows that are new or differ from before.
    pub changed: usize,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportFault {
    /// A line is not as it should be.
    #[error("line {line}: {expected}; nothing was imported")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What was expected of it.
        expected: String,
    },
    /// The lines cannot be read.
    #[error("cannot read the lines: {0}; nothing was imported")]
    Unreadable(#[from] io::Error),
    /// The store failed.
    #[error("{0}; nothing was imported")]
    Store(#[from] StoreFault),
}

impl Store {
    /// Reads rows from lines, each under the key that `key_of` gives it. No two lines may have one
    /// key; a row that is there already is replaced.
    pub(super) fn import<T>(
        &self,
        table: Rows,
        lines: impl BufRead,
        key_of: impl Fn(&T) -> Result<String, String>,
    ) -> Result<Imported, ImportFault>
    where
        T: Serialize + DeserializeOwned + PartialEq,
    {
        let transaction = self.database.begin_write().map_err(StoreFault::from)?;
        let mut imported = Imported::default();
        {
            let mut table = transaction.open_table(table).map_err(StoreFault::from)?;
            let mut line_of_key = HashMap::new();
            for (text, line) in lines.split(b'\n').zip(1..) {
                let fault = |expected| ImportFault::Line { line, expected };
                let row: T = serde_json::from_slice(&text?).map_err(|e| fault(expected_by(&e)))?;
                let key = key_of(&row).map_err(fault)?;
                if let Some(first) = line_of_key.insert(key.clone(), line) {
                    let expected = format!("expected another row than line {first} has");
                    return Err(fault(expected));
                }
                imported.lines += 1;
                imported.changed += usize::from(put_revised(&mut table, &key, row)?);
            }
        }
        transaction.commit().map_err(StoreFault::from)?;
        Ok(imported)
    }
}

/// The parser's words, with the column in front instead of its own count of lines at the end.
fn expected_by(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let (line, column) = (error.line(), error.column());
    match text.strip_suffix(&format!(" at line {line} column {column}")) {
        Some(expected) => format!("column {column}: {expected}"),
        None => text,
    }
}
