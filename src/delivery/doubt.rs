//! Doubt: a file that is not what its record says, where the record says it is.

use crate::contract::FileRecord;
use crate::denial::Denial;

/// A record that whoever should have the file contradicts.
pub struct Doubt<'f> {
    /// The record.
    pub file: &'f FileRecord,
    /// What the client is told if nobody else has the file.
    pub denial: Denial,
}

impl Doubt<'_> {
    /// Whether it is about that record as well: the same bytes, in the same place.
    pub(super) fn concerns(&self, file: &FileRecord) -> bool {
        self.file.size == file.size
            && self.file.digest == file.digest
            && self.file.mirror_key == file.mirror_key
            && self.file.repository_url == file.repository_url
    }
}

#[cfg(test)]
mod tests;
