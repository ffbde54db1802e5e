//! Steps: what a decision takes one after the other.

use serde::{Serialize, Serializer};

/// One step. It stands beside the code that takes it, and [`crate::trail::Trail::steps`] has the
/// order: the first that fails ends the request, so whoever knows it knows what was found good
/// before it, and what was not looked at after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// A word for it.
    pub name: &'static str,
    /// What holds once it is passed, as a sentence. Only `azat explain` shows it: the edge's
    /// program does not carry the text.
    pub holds: &'static str,
}

impl Step {
    /// A step of that name.
    pub const fn new(name: &'static str, holds: &'static str) -> Self {
        let holds = match cfg!(target_os = "wasi") {
            true => "",
            false => holds,
        };
        Self { name, holds }
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}
