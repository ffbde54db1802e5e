//! The files that a request is explained with.

use std::path::Path;
use std::{fs, io};

/// Why a file is of no use.
#[derive(Debug, thiserror::Error)]
pub enum InputFault {
    /// It cannot be read.
    #[error("{option}: cannot read {file}: {fault}")]
    Unreadable {
        /// The option that it was given with.
        option: &'static str,
        /// Its name, where it is sure to be one.
        file: String,
        /// What the system says.
        fault: io::Error,
    },
    /// It is not what is expected: its name, and what is expected, perhaps where.
    #[error("{0}")]
    Unexpected(String),
    /// None was given, and what was built in cannot be used.
    #[error("the policy that was built in cannot be read")]
    BuiltInPolicy,
}

/// What the file given with an option says, or nothing without one.
///
/// # Errors
/// [`InputFault`], with the fault that `parse` finds.
pub fn read<T: Default>(
    option: &'static str,
    file: Option<&Path>,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, InputFault> {
    let Some(file) = file else {
        return Ok(T::default());
    };
    let text = text_of(option, file)?;
    parse(&text).map_err(|fault| InputFault::Unexpected(format!("{}: {fault}", file.display())))
}

/// The text of a file. Where there is none, what was given is shown only if it ends in a way that
/// no token and no secret does: it may be one in the wrong place.
pub(super) fn text_of(option: &'static str, file: &Path) -> Result<String, InputFault> {
    fs::read_to_string(file).map_err(|fault| {
        let names_a_file = (file.extension()).is_some_and(|end| end == "json" || end == "toml");
        let file = match names_a_file {
            true => file.to_string_lossy().into_owned(),
            false => "the file".to_owned(),
        };
        InputFault::Unreadable {
            option,
            file,
            fault,
        }
    })
}
