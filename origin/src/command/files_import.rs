//! `azat files import`.

use std::path::PathBuf;

use azat_origin::store::{Imported, Renamed};
use clap::Args;

use super::json_lines;
use super::say::say;
use super::store_arguments::StoreArguments;

/// Reads files from JSON lines: all of them, or none when a line is bad
///
/// A file that is there already in the same catalog and version is replaced. The store is created
/// if it is not there.
///
/// A file whose path is another's on some computer (which take Reads.txt for reads.txt, and cannot
/// have a directory where a file is) gets a name that ends, before the extension, in part of its
/// uuid. It keeps it for good. A line for each such file says so.
///
///     azat files import --store azat.redb files.jsonl
///
/// A line (here broken in several; "bundle", "mirror_key" and "repository_url" may be missing):
///
///     {"catalog": "dcp46", "uuid": "10b5aa79-0595-47c6-9871-31a9151a8d56",
///      "version": "2019-08-03T03:23:31.151555Z",
///      "bundle": "9ea02f60-ba2a-4b78-a9fc-f86cf954082b",
///      "source": "s1", "public": false, "mirror_key": "file/1f44….sha256",
///      "repository_url": "https://data.terra.example/objects/1f44",
///      "size": 15, "name": "foo.txt", "content_type": "text/plain",
///      "digest": {"algorithm": "sha-256", "hex": "1f44…"}}
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct FilesImport {
    #[command(flatten)]
    store: StoreArguments,
    /// The lines; - for the standard input
    #[arg(value_name = "LINES")]
    lines: PathBuf,
}

impl FilesImport {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let lines = json_lines::open(&self.lines)?;
        let store = self.store.open_or_create()?;
        let Imported {
            lines,
            changed,
            renamed,
        } = store.import_files(lines)?;
        say(format_args!(
            "files: {lines} read, {changed} new or changed"
        ))?;
        for Renamed {
            uuid,
            wanted,
            path,
            kept_by,
        } in renamed
        {
            say(format_args!(
                "file {uuid} is saved as {path}, not as {wanted}, where {kept_by} is"
            ))?;
        }
        Ok(())
    }
}
