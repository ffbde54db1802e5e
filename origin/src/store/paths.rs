//! The paths that files are saved to: each is one file's for good.
//!
//! A path is decided when its file is imported, by what is there then, and never given to another
//! file: whoever goes on with a download finds the beginning of this file there, and of no other.

use azat_edge::file::FileUuid;
use redb::{ReadableTable, Table};

use super::fault::StoreFault;
use crate::file::{File, FoldedPath, OutputPath};

/// How many digits of a uuid tell a file from another that has its path.
const MARK_LENGTH: usize = 8;

/// Why a path is not a file's to have.
struct Taken {
    /// The file that is in the way.
    by: String,
    /// The component, counted from 0, that has to differ.
    component: usize,
}

/// The path of a file, and the first file that kept it from the one that its name leads to.
pub(super) struct Place {
    pub(super) path: OutputPath,
    pub(super) kept_by: Option<String>,
}

/// Finds a path for a file, and keeps it from all others: the one that its name leads to, or else
/// that with more and more of its uuid.
pub(super) fn place(
    paths: &mut Table<'_, &'static str, &'static str>,
    file: &File,
) -> Result<Place, StoreFault> {
    let catalog = file.catalog.as_str();
    let mut path = file.own_path();
    let mut kept_by = None;
    let mut marks = 0;
    loop {
        let folded = path.folded();
        let Some(Taken { by, component }) = taken(paths, catalog, &folded, file.uuid.as_str())?
        else {
            paths.insert(key(catalog, folded.as_str()).as_str(), file.uuid.as_str())?;
            return Ok(Place { path, kept_by });
        };
        marks += 1;
        path = path.marked(component, &mark(&file.uuid, marks));
        kept_by.get_or_insert(by);
    }
}

/// What is put at the end of a name, the first time and when that was not enough.
fn mark(uuid: &FileUuid, times: u64) -> String {
    let digits = uuid.as_str().chars().filter(|c| *c != '-');
    match times {
        1 => digits.take(MARK_LENGTH).collect(),
        2 => digits.collect(),
        more => format!("{}-{more}", digits.collect::<String>()),
    }
}

/// Why a file cannot have a path; `None` when it can.
fn taken(
    paths: &impl ReadableTable<&'static str, &'static str>,
    catalog: &str,
    folded: &FoldedPath,
    uuid: &str,
) -> Result<Option<Taken>, StoreFault> {
    let own = key(catalog, folded.as_str());
    let last = folded.last_component();
    if let Some(owner) = paths.get(own.as_str())?
        && owner.value() != uuid
    {
        return Ok(Some(taken_by(owner.value(), last)));
    }
    for (component, directory) in folded.directories() {
        if let Some(owner) = paths.get(key(catalog, directory).as_str())? {
            return Ok(Some(taken_by(owner.value(), component)));
        }
    }
    let below = format!("{own}/");
    if let Some(first) = paths.range(below.as_str()..)?.next() {
        let (path, owner) = first?;
        if path.value().starts_with(&below) {
            return Ok(Some(taken_by(owner.value(), last)));
        }
    }
    Ok(None)
}

fn taken_by(owner: &str, component: usize) -> Taken {
    let by = owner.to_owned();
    Taken { by, component }
}

/// What a folded path goes by.
pub(super) fn key(catalog: &str, path: &str) -> String {
    format!("{catalog}/{path}")
}

#[cfg(test)]
mod tests;
