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
mod tests;
