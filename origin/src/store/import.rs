//! What all imports share: rows from JSON lines, all of them or none.

use std::collections::HashMap;
use std::io::{self, BufRead, Read as _};

use azat_edge::contract::MAXIMUM_DOCUMENT;
use redb::WriteTransaction;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::database::{Act, Store};
use super::fault::StoreFault;
use crate::file::OutputPath;

/// The longest line that is read, in bytes.
const LONGEST_LINE: u64 = 2 * MAXIMUM_DOCUMENT as u64;

/// What the origin adds to a row when the edge asks for it, in bytes at most: the service's own
/// URL, and some numbers.
const ADDED: usize = 4 * 1024;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The lines read.
    pub lines: usize,
    /// The rows that are new or differ from before.
    pub changed: usize,
    /// The files among them that are saved under another path than their names lead to.
    pub renamed: Vec<Renamed>,
}

/// A file whose name leads to a path that another file has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The file.
    pub uuid: String,
    /// The path that its name leads to.
    pub wanted: OutputPath,
    /// The path that it has.
    pub path: OutputPath,
    /// The file that was there first.
    pub kept_by: String,
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
    #[error("nothing was imported: the lines cannot be read")]
    Unreadable(#[from] io::Error),
    /// The store failed.
    #[error("nothing was imported")]
    Store(#[from] StoreFault),
}

/// The lines of an import, read one by one.
pub(super) struct Lines<R> {
    lines: R,
    text: Vec<u8>,
    /// How many have been read: the number of the last one.
    pub(super) read: usize,
    /// The line of each row, by a digest of its key: a million keys take much memory.
    line_of_row: HashMap<[u8; 16], usize>,
}

impl Store {
    /// Runs an import as one act: a fault of any kind leaves all as it was.
    pub(super) fn import<T>(
        &self,
        import: impl FnOnce(&WriteTransaction) -> Result<T, ImportFault>,
    ) -> Result<T, ImportFault> {
        self.write(|transaction| match import(transaction) {
            Ok(imported) => Ok(Act::Done(Ok(imported))),
            Err(ImportFault::Store(fault)) => Err(fault),
            Err(fault) => Ok(Act::Nothing(Err(fault))),
        })?
    }
}

impl<R: BufRead> Lines<R> {
    pub(super) fn of(lines: R) -> Self {
        Self {
            lines,
            text: Vec::new(),
            read: 0,
            line_of_row: HashMap::new(),
        }
    }

    /// The next row; `None` at the end.
    pub(super) fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, ImportFault> {
        self.text.clear();
        let mut line = (&mut self.lines).take(LONGEST_LINE);
        if line.read_until(b'\n', &mut self.text)? == 0 {
            return Ok(None);
        }
        self.read += 1;
        if self.text.pop_if(|last| *last == b'\n').is_none() && line.limit() == 0 {
            return Err(self.fault(format!("expected at most {LONGEST_LINE} bytes")));
        }
        match serde_json::from_slice(&self.text) {
            Ok(row) => Ok(Some(row)),
            Err(error) => Err(self.fault(expected_by(&error))),
        }
    }

    /// Refuses a row that another line has.
    pub(super) fn refuse_twice(&mut self, key: &str) -> Result<(), ImportFault> {
        let digest: [u8; 32] = Sha256::digest(key).into();
        let [short, _] = *digest.as_chunks::<16>().0 else {
            return Ok(());
        };
        match self.line_of_row.insert(short, self.read) {
            Some(first) => Err(self.fault(format!("expected another row than line {first} has"))),
            None => Ok(()),
        }
    }

    /// Refuses a row that would make a document that the edge does not read.
    pub(super) fn refuse_too_long<T: Serialize>(&self, row: &T) -> Result<(), ImportFault> {
        let longest = MAXIMUM_DOCUMENT - ADDED;
        // Of the line's bytes none is written as more than three, as in a URL: of a million lines
        // hardly one has to be written to know.
        if self.text.len() <= longest / 4 {
            return Ok(());
        }
        let json = serde_json::to_vec(row).map_err(StoreFault::Unwritable)?;
        match json.len() > longest {
            true => Err(self.fault(format!(
                "expected a row of at most {longest} bytes, which is all that the edge reads, not {}",
                json.len()
            ))),
            false => Ok(()),
        }
    }

    /// A fault of the line that was read last.
    pub(super) fn fault(&self, expected: String) -> ImportFault {
        let line = self.read;
        ImportFault::Line { line, expected }
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
