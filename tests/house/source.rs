//! The Rust files of the repository.

use std::fs;
use std::path::Path;

/// One file: where it is, relative to the repository and with slashes, and what it says.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every Rust file of every crate, in order. What is built, fetched or hidden is not ours.
pub(crate) fn all() -> Vec<Source> {
    let mut sources = Vec::new();
    collect(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut sources);
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

fn collect(folder: &Path, prefix: &str, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let entry = entry.expect("an entry can be read");
        let name = entry.file_name().into_string().expect("names are text");
        let path = format!("{prefix}{name}");
        let is_folder = entry.file_type().expect("an entry has a type").is_dir();
        if is_folder && !name.starts_with('.') && name != "target" && name != "node_modules" {
            collect(&entry.path(), &format!("{path}/"), sources);
        } else if !is_folder && name.ends_with(".rs") {
            let text = fs::read_to_string(entry.path()).expect("a source file is UTF-8");
            sources.push(Source { path, text });
        }
    }
}
