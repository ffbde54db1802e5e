//! The files that say under which circumstances a request is explained.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow};

/// What the file given with an option says, or nothing without one.
pub fn read<T: Default>(
    option: &str,
    file: Option<&Path>,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> anyhow::Result<T> {
    let Some(file) = file else {
        return Ok(T::default());
    };
    let text = text_of(option, file)?;
    parse(&text).map_err(|fault| anyhow!("{}: {fault}", file.display()))
}

/// The text of a file. Where there is none, what was given is told only if it ends as no token and no secret
/// does: it may be one in the wrong place.
pub(super) fn text_of(option: &str, file: &Path) -> anyhow::Result<String> {
    let names_a_file = (file.extension()).is_some_and(|end| end == "json" || end == "toml");
    let shown = match names_a_file {
        true => file.to_string_lossy(),
        false => "the file".into(),
    };
    fs::read_to_string(file).with_context(|| format!("{option}: cannot read {shown}"))
}
