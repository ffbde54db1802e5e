//! Whether the download is byte for byte what the mirror holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use azat_testbed::{CurlManifest, SampleFile};
use sha2::{Digest, Sha256};

use super::download::files_below;

/// One sentence for each of `files` that is missing from `directory` or differs there, and for each
/// other file in it. The curl manifest says where each should be.
pub(crate) fn differences(
    files: &[SampleFile],
    manifest: &CurlManifest,
    directory: &Path,
) -> Result<Vec<String>> {
    let outputs = manifest
        .entries
        .iter()
        .map(|entry| (entry.uuid(), entry.output.as_path()));
    let outputs: BTreeMap<&str, &Path> = outputs.collect();
    let mut left_over: BTreeSet<PathBuf> = files_below(directory)?.into_iter().collect();
    let mut differences = Vec::new();
    for file in files {
        let difference = match outputs.get(file.uuid.as_str()) {
            None => Some("is not in the manifest".to_owned()),
            Some(output) if left_over.remove(*output) => mismatch(file, &directory.join(output))?,
            Some(_) => Some("is missing".to_owned()),
        };
        differences.extend(difference.map(|difference| format!("{} {difference}", file.name)));
    }
    differences.extend(
        left_over
            .iter()
            .map(|path| format!("{} is left over", path.display())),
    );
    Ok(differences)
}

/// A writer that digests what is written to it.
struct Digested(Sha256);

impl Write for Digested {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn mismatch(file: &SampleFile, downloaded: &Path) -> Result<Option<String>> {
    let context = || format!("could not read {}", downloaded.display());
    let mut content = File::open(downloaded).with_context(context)?;
    let mut digest = Digested(Sha256::new());
    let size = io::copy(&mut content, &mut digest).with_context(context)?;
    if size != file.size {
        return Ok(Some(format!("has {size} bytes instead of {}", file.size)));
    }
    let hex: String = digest
        .0
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok((hex != file.digest.hex).then(|| "has other content".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use azat_testbed::{Library, Plan};

    const PLAN: Plan = Plan {
        readable: 4,
        repository_only: 0,
        large_bytes: 1,
    };

    fn manifest(files: &[SampleFile]) -> CurlManifest {
        let record = |file: &SampleFile| {
            format!(
                "url=\"http://e/repository/files/{0}\"\noutput=\"{0}/saved\"\n",
                file.uuid
            )
        };
        CurlManifest::parse(&files.iter().map(record).collect::<String>()).unwrap()
    }

    /// A faithful download of all files.
    fn downloaded() -> (tempfile::TempDir, Vec<SampleFile>) {
        let (mirror, download) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let files = Library::write(mirror.path(), PLAN)
            .unwrap()
            .readable()
            .to_vec();
        for file in &files {
            let directory = download.path().join(&file.uuid);
            std::fs::create_dir(&directory).unwrap();
            std::fs::copy(
                mirror.path().join(&file.mirror_key),
                directory.join("saved"),
            )
            .unwrap();
        }
        (download, files)
    }

    #[test]
    fn a_faithful_download_has_no_differences() {
        let (download, files) = downloaded();
        let none: [&str; 0] = [];
        assert_eq!(
            differences(&files, &manifest(&files), download.path()).unwrap(),
            none
        );
    }

    #[test]
    fn each_difference_is_told() {
        let (download, files) = downloaded();
        let saved = |file: &SampleFile| download.path().join(&file.uuid).join("saved");
        std::fs::remove_file(saved(&files[0])).unwrap();
        let mut content = std::fs::read(saved(&files[2])).unwrap();
        content[0] ^= 1;
        std::fs::write(saved(&files[2]), &content).unwrap();
        std::fs::write(saved(&files[3]), "short").unwrap();
        std::fs::write(download.path().join("stray"), "").unwrap();
        let told = differences(&files, &manifest(&files[..]), download.path()).unwrap();
        let expected = [
            format!("{} is missing", files[0].name),
            format!("{} has other content", files[2].name),
            format!("{} has 5 bytes instead of {}", files[3].name, files[3].size),
            "stray is left over".to_owned(),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_file_that_the_manifest_forgets_is_told() {
        let (download, files) = downloaded();
        std::fs::remove_dir_all(download.path().join(&files[1].uuid)).unwrap();
        let forgetful = manifest(&[&files[..1], &files[2..]].concat());
        let told = differences(&files, &forgetful, download.path()).unwrap();
        assert_eq!(told, [format!("{} is not in the manifest", files[1].name)]);
    }
}
