//! What is in the store: made up, and the same each time.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use crate::interrupt;

/// The catalog of all files.
pub(super) const CATALOG: &str = "dcp46";

/// The source that has just so many files.
pub(super) const SINGLE_SOURCE: &str = "source-0000";
pub(super) const SINGLE_FILES: u64 = 2_000;

const SOURCES: u64 = 500;

/// How many files a bundle has, in sources where it is not one.
const FILES_OF_A_BUNDLE: u64 = 20;

/// How many sources a user may read, and how many the one who asks.
const SOURCES_OF_A_USER: u64 = 5;
const SOURCES_OF_THE_READER: u64 = 100;

const ISSUER: &str = "https://accounts.google.com";
const VERSION: &str = "2024-05-06T07:08:09.000000Z";

/// What kinds of files there are: the end of the name, and the type.
const KINDS: [(&str, &str); 4] = [
    ("S1_L001_R1_001.fastq.gz", "application/gzip"),
    ("S1_L001_R2_001.fastq.gz", "application/gzip"),
    ("qc.bam", "application/octet-stream"),
    ("matrix.tsv", "text/tab-separated-values"),
];

/// So many files and users.
pub(super) struct Collection {
    files: u64,
    users: u64,
    /// Of a hundred.
    public: u64,
}

impl Collection {
    /// So many; at least 4,000 files, and of a hundred at least two public ones.
    pub(super) fn new(files: u64, users: u64, public: u64) -> Self {
        Self {
            files,
            users,
            public,
        }
    }

    /// How many files are public.
    pub(super) fn public_files(&self) -> u64 {
        let public = (0..self.files).filter(|number| self.is_public(*number));
        public.count() as u64
    }

    /// The subject of the user who asks.
    pub(super) fn reader(&self) -> String {
        format!("{ISSUER}#{}", subject(0))
    }

    /// Path and query of some file's record: files that come after each other are far apart.
    pub(super) fn some_file(&self, turn: u64) -> String {
        let number = mixed(turn) % self.files;
        let version = VERSION.replace(':', "%3A");
        format!("{CATALOG}/{}?version={version}", uuid(number))
    }

    /// Writes a line for each user.
    pub(super) fn write_users(&self, path: &Path) -> Result<()> {
        write(path, (0..self.users).map(user))
    }

    /// Writes a line for each file.
    pub(super) fn write_files(&self, path: &Path) -> Result<()> {
        write(path, (0..self.files).map(|number| self.file(number)))
    }

    fn file(&self, number: u64) -> Value {
        let source = source_of(number);
        let (name, content_type) = KINDS[(number % KINDS.len() as u64) as usize];
        let name = format!("SRR{:07}_{name}", number + 1_000_000);
        let sha256 = format!(
            "{:016x}{:016x}{:016x}{:016x}",
            mixed(number),
            mixed(number + 1),
            mixed(number + 2),
            number
        );
        let mut file = json!({
            "catalog": CATALOG, "uuid": uuid(number), "version": VERSION,
            "source": name_of(source), "public": self.is_public(number),
            "mirror_key": format!("file/{sha256}.sha256"),
            "size": mixed(number) % 4_000_000_000, "name": name, "content_type": content_type,
            "digest": {"algorithm": "sha-256", "hex": sha256},
        });
        if source.is_multiple_of(2) {
            file["bundle"] = uuid(!bundle(number)).into();
        }
        file
    }

    /// Half of what is public is so with its whole source.
    fn is_public(&self, number: u64) -> bool {
        let whole = self.public / 2;
        let is_whole = source_of(number) % 100 < whole;
        let rest = (self.public - whole) * 1_000 / (100 - whole);
        is_whole || mixed(number) % 1_000 < rest
    }
}

fn user(number: u64) -> Value {
    let sources = match number {
        0 => SOURCES_OF_THE_READER,
        _ => SOURCES_OF_A_USER,
    };
    let sources = (0..sources).map(|turn| name_of((number + turn * 7) % SOURCES));
    json!({
        "issuer": ISSUER, "subject": subject(number), "sources": sources.collect::<Vec<_>>(),
    })
}

fn subject(number: u64) -> String {
    (105_096_702_580_000_000_000 + u128::from(number)).to_string()
}

/// The first files are those of one source.
fn source_of(number: u64) -> u64 {
    match number < SINGLE_FILES {
        true => 0,
        false => 1 + number % (SOURCES - 1),
    }
}

/// The bundle of a file: another for each source.
fn bundle(number: u64) -> u64 {
    let place_in_source = match source_of(number) {
        0 => number,
        _ => number / (SOURCES - 1),
    };
    let bundle = place_in_source / FILES_OF_A_BUNDLE;
    bundle * SOURCES + source_of(number)
}

fn name_of(source: u64) -> String {
    format!("source-{source:04}")
}

/// A uuid that looks like any: of each number another.
fn uuid(number: u64) -> String {
    let (high, low) = (mixed(number), mixed(!number));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0xfff,
        low & 0xffff_ffff_ffff,
    )
}

/// A number that looks like any: of each another (SplitMix64).
fn mixed(number: u64) -> u64 {
    let z = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

fn write(path: &Path, lines: impl Iterator<Item = Value>) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for line in lines {
        interrupt::check()?;
        writeln!(file, "{line}")?;
    }
    Ok(file.flush()?)
}

#[cfg(test)]
mod tests;
