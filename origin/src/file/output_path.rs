//! The path that a curl manifest saves a file to, and what other paths are the same on some
//! computer.

use std::fmt;

use azat_edge::file::FileUuid;
use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizer, DecomposingNormalizer};
use serde::{Deserialize, Serialize};

use super::name::{FileName, LONGEST_COMPONENT};

/// A path relative to where curl runs: the directory of a bundle, or of the file alone, and in it
/// the file's name, as in `9ea02f60-…/reads.fastq.gz`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OutputPath(String);

/// A path as the most forgetful file system compares it: case folded, and composed (Unicode's
/// canonical caseless matching). Two files whose paths fold to one end up as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedPath(String);

impl OutputPath {
    /// The path of a name in a directory.
    pub fn new(directory: &FileUuid, name: &FileName) -> Self {
        Self(format!("{}/{}", directory.as_str(), name.relative_path()))
    }

    /// The path as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How others compare it.
    pub fn folded(&self) -> FoldedPath {
        if self.0.is_ascii() {
            // What the tables would say of most names of a million.
            return FoldedPath(self.0.to_ascii_lowercase());
        }
        let decomposed = DecomposingNormalizer::new_nfd()
            .normalize(&self.0)
            .into_owned();
        let folded = CaseMapper::new().fold_string(&decomposed).into_owned();
        FoldedPath(
            ComposingNormalizer::new_nfc()
                .normalize(&folded)
                .into_owned(),
        )
    }

    /// The path with a mark at the end of the stem of one component, counted from 0, the
    /// directory's: `a/reads.fastq.gz` becomes `a/reads-10b5aa79.fastq.gz`. A stem that would be
    /// too long is cut.
    #[must_use]
    pub fn marked(&self, component: usize, mark: &str) -> Self {
        let components =
            self.0
                .split('/')
                .enumerate()
                .map(|(number, text)| match number == component {
                    true => marked(text, mark),
                    false => text.to_owned(),
                });
        Self(components.collect::<Vec<_>>().join("/"))
    }
}

impl FoldedPath {
    /// The path as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The directories on the way to it within its first one, from the outside in, each with the
    /// number of its last component. A file that is saved as one of these makes it impossible.
    pub fn directories(&self) -> impl Iterator<Item = (usize, &str)> {
        let ends = self.0.match_indices('/').map(|(end, _)| end);
        (ends.enumerate().skip(1)).filter_map(|(number, end)| Some((number, self.0.get(..end)?)))
    }

    /// The number of the last component.
    pub fn last_component(&self) -> usize {
        self.0.matches('/').count()
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn marked(name: &str, mark: &str) -> String {
    // A dot in front hides a file. It is no extension that begins with it.
    let dot = name.char_indices().skip(1).find(|(_, c)| *c == '.');
    let (stem, extension) = name.split_at(dot.map_or(name.len(), |(at, _)| at));
    let room = LONGEST_COMPONENT.saturating_sub(mark.len() + 1);
    match extension.len() < room / 2 {
        true => format!("{}-{mark}{extension}", cut(stem, room - extension.len())),
        false => format!("{}-{mark}", cut(name, room)),
    }
}

/// The beginning of a text, of at most that many bytes.
fn cut(text: &str, length: usize) -> &str {
    text.split_at(text.floor_char_boundary(length)).0
}

#[cfg(test)]
mod tests;
