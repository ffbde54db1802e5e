//! The sample files: what they are called, who may read them, and what is in them.

pub(crate) mod shelf;

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use self::shelf::{RepositoryShelf, Shelf};
use crate::error::{Error, Result};

pub(crate) const CATALOG: &str = "demo";
const VERSION: &str = "2024-05-06T07:08:09.000000Z";
const READABLE_SOURCE: &str = "open-lung";
const CLOSED_SOURCE: &str = "closed-brain";
const CLOSED_FILES: usize = 3;
const BLOCK: usize = 1 << 20;

/// Names that test every quoting on a file's way, with their sizes.
const AWKWARD: [(&str, u64); 12] = [
    ("empty.txt", 0),
    ("one byte.bin", 1),
    ("two  spaces.tar.gz", 2_000),
    ("it's a 'single' quote.txt", 2_001),
    ("a \"double\" quote.txt", 2_002),
    ("salt & pepper.csv", 2_003),
    ("sample #7.fastq", 2_004),
    ("100%25 sure.txt", 2_005),
    ("Gänsefüßchen.txt", 2_006),
    ("漢字 と かな.txt", 2_007),
    ("plus+equals=semicolon;comma,.txt", 2_008),
    ("dollar $HOME `id` !x.txt", 2_009),
];

/// How much of a library is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Files that the demo's user may read, the awkward ones and the large one included.
    pub readable: usize,
    /// How many of these are not mirrored: the last ones, only the repository has them.
    pub repository_only: usize,
    /// The size of the large file in bytes.
    pub large_bytes: u64,
}

impl Plan {
    /// 205 files, one of them over the platform's limit of 100 MB for a cached object, about half
    /// of them not mirrored.
    pub const DEMO: Self = Self {
        readable: 205,
        repository_only: 100,
        large_bytes: 104_857_600 + 4_321,
    };

    /// What a test needs: the awkward names, a few more files, and a large one of 300 kB.
    pub const SMALL: Self = Self {
        readable: 16,
        repository_only: 0,
        large_bytes: 300_000,
    };
}

/// A file's record, in the form that `azat files import` reads.
#[derive(Clone, Debug, Serialize)]
pub struct SampleFile {
    /// The catalog's name.
    pub catalog: &'static str,
    /// Lower case, with dashes.
    pub uuid: String,
    /// As in Azul, to the microsecond.
    pub version: &'static str,
    /// The source that it belongs to.
    pub source: &'static str,
    /// Whether anybody may read it.
    pub public: bool,
    /// `file/<hex>.sha256`; empty for a file that only the repository has.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mirror_key: String,
    /// Where the repository has a file that is not mirrored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_url: Option<String>,
    /// In bytes.
    pub size: u64,
    /// The file's own name.
    pub name: String,
    /// Its media type.
    pub content_type: &'static str,
    /// Its SHA-256.
    pub digest: SampleDigest,
}

/// A digest of a whole file.
#[derive(Clone, Debug, Serialize)]
pub struct SampleDigest {
    /// `sha-256`
    pub algorithm: &'static str,
    /// Lower case.
    pub hex: String,
}

impl SampleFile {
    /// Path and query of the file below the edge's base URL: `/repository/files/…`.
    pub fn path(&self) -> String {
        format!(
            "/repository/files/{}?catalog={}&version={}",
            self.uuid, self.catalog, self.version
        )
    }
}

/// Sample files of two sources, one of which the demo's user may read. The same plan gives the same
/// files every time.
#[derive(Clone, Debug)]
pub struct Library {
    readable: Vec<SampleFile>,
    closed: Vec<SampleFile>,
}

impl Library {
    /// Writes the files below `directory`, each under its mirror key.
    ///
    /// # Errors
    /// [`Error::Io`] when a file cannot be written, [`Error::WithoutSessions`] when the plan has
    /// files that are not mirrored.
    pub fn write(directory: &Path, plan: Plan) -> Result<Self> {
        if plan.repository_only > 0 {
            return Err(Error::WithoutSessions);
        }
        let mirror = Shelf::Mirror(directory);
        Self::write_on(mirror, mirror, plan)
    }

    /// Writes the mirrored files as [`Library::write`] does, and the others as `files/<uuid>` on
    /// the repository's shelf.
    ///
    /// # Errors
    /// [`Error::Io`] when a file cannot be written.
    pub fn write_with_repository(
        directory: &Path,
        repository: RepositoryShelf,
        plan: Plan,
    ) -> Result<Self> {
        Self::write_on(
            Shelf::Mirror(directory),
            Shelf::Repository(repository),
            plan,
        )
    }

    fn write_on(mirror: Shelf, repository: Shelf, plan: Plan) -> Result<Self> {
        let mirrored = plan.readable.saturating_sub(plan.repository_only);
        let write_readable = |(number, file)| {
            let shelf = if number < mirrored {
                mirror
            } else {
                repository
            };
            write_file(shelf, READABLE_SOURCE, file)
        };
        let readable = readable_names(plan).into_iter().enumerate();
        let closed = closed_names().into_iter();
        Ok(Self {
            readable: readable
                .map(write_readable)
                .collect::<io::Result<_>>()
                .map_err(Error::io("write a sample file"))?,
            closed: closed
                .map(|file| write_file(mirror, CLOSED_SOURCE, file))
                .collect::<io::Result<_>>()
                .map_err(Error::io("write a sample file"))?,
        })
    }

    /// The catalog of all files.
    pub fn catalog(&self) -> &'static str {
        CATALOG
    }

    /// The source that the demo's user may read.
    pub fn readable_source(&self) -> &'static str {
        READABLE_SOURCE
    }

    /// The files that the demo's user may read.
    pub fn readable(&self) -> &[SampleFile] {
        &self.readable
    }

    /// The readable files that only the repository has.
    pub fn repository_only(&self) -> impl Iterator<Item = &SampleFile> {
        self.readable
            .iter()
            .filter(|file| file.repository_url.is_some())
    }

    /// The files of a source that the demo's user may not read.
    pub fn closed(&self) -> &[SampleFile] {
        &self.closed
    }

    /// The path and query of a file that does not exist, a different one for each `number`.
    pub fn unknown_path(&self, number: usize) -> String {
        let uuid = uuid_of(&format!("unknown/{number}"));
        format!("/repository/files/{uuid}?catalog={CATALOG}&version={VERSION}")
    }

    /// A readable file by its name.
    pub fn named(&self, name: &str) -> Option<&SampleFile> {
        self.readable.iter().find(|file| file.name == name)
    }

    /// An ordinary readable file of a few kB.
    pub fn ordinary(&self) -> Option<&SampleFile> {
        self.named(&ordinary_name(0))
    }

    /// The largest readable file.
    pub fn large(&self) -> Option<&SampleFile> {
        self.readable.iter().max_by_key(|file| file.size)
    }

    /// All records, one JSON object a line.
    pub fn to_json_lines(&self) -> Result<String> {
        let mut lines = String::new();
        for file in self.readable.iter().chain(&self.closed) {
            lines += &serde_json::to_string(file).map_err(Error::malformed("a file's record"))?;
            lines.push('\n');
        }
        Ok(lines)
    }
}

fn readable_names(plan: Plan) -> Vec<(String, u64)> {
    let awkward = AWKWARD.map(|(name, size)| (name.to_owned(), size));
    let large = ("large.bam".to_owned(), plan.large_bytes);
    let ordinary = (0..).map(|number| (ordinary_name(number), 1_500 + number * 37));
    awkward
        .into_iter()
        .chain([large])
        .chain(ordinary)
        .take(plan.readable)
        .collect()
}

fn ordinary_name(number: u64) -> String {
    format!("cell_{number:03}.tsv")
}

fn closed_names() -> Vec<(String, u64)> {
    (0..CLOSED_FILES)
        .map(|number| (format!("neuron_{number}.tsv"), 900 + number as u64))
        .collect()
}

fn write_file(
    shelf: Shelf,
    source: &'static str,
    (name, size): (String, u64),
) -> io::Result<SampleFile> {
    let uuid = uuid_of(&format!("{source}/{name}"));
    let mut file = shelf.new_file()?;
    let hex = write_content(file.as_file_mut(), uuid, size)?;
    let location = shelf.keep(file, uuid, &hex)?;
    Ok(SampleFile {
        catalog: CATALOG,
        uuid: uuid.to_string(),
        version: VERSION,
        source,
        public: false,
        mirror_key: location.mirror_key,
        repository_url: location.repository_url,
        size,
        content_type: content_type(&name),
        name,
        digest: SampleDigest {
            algorithm: "sha-256",
            hex,
        },
    })
}

/// Writes `size` bytes that depend on `seed` alone; the SHA-256 of them in hex.
fn write_content(file: &mut File, seed: Uuid, size: u64) -> io::Result<String> {
    let mut random = fastrand::Rng::with_seed(seed.as_u64_pair().0);
    let mut digest = Sha256::new();
    let mut block = vec![0; BLOCK];
    let mut left = size;
    while left > 0 {
        let length = left.min(BLOCK as u64);
        let part = &mut block[..length as usize];
        random.fill(part);
        digest.update(&*part);
        file.write_all(part)?;
        left -= length;
    }
    Ok(digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

fn uuid_of(name: &str) -> Uuid {
    Uuid::new_v5(
        &Uuid::NAMESPACE_URL,
        format!("urn:azat-edge:sample:{name}").as_bytes(),
    )
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("txt") => "text/plain",
        Some("csv") => "text/csv",
        Some("tsv") => "text/tab-separated-values",
        Some("gz") => "application/gzip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
