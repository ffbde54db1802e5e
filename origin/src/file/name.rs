//! The name of a file, and the path it is saved to on any computer.

use serde::{Deserialize, Serialize};

/// A name that a file can be saved under on macOS, Windows and Linux once the characters that
/// Windows reserves are replaced. A `/` in it makes directories. The rules are Azul's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName(String);

/// Why a text is not a file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAFileName {
    /// A control character would end the line that curl reads; a backslash is a separator on
    /// Windows.
    #[error("expected a file name without control characters and backslashes")]
    Character,
    /// A component that leads elsewhere, or that some system cannot save.
    #[error(
        "expected a file name whose components, between slashes, are not empty, begin with at most one dot, not with a space, and end with neither"
    )]
    Component,
    /// A device of Windows.
    #[error("expected a file name other than those reserved on Windows, such as CON and NUL.txt")]
    Reserved,
}

impl FileName {
    /// The name as the repository has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name with `_` for each character that Windows reserves.
    pub fn relative_path(&self) -> String {
        portable(&self.0)
    }
}

impl TryFrom<String> for FileName {
    type Error = NotAFileName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.contains(|c: char| c.is_control() || c == '\\') {
            return Err(NotAFileName::Character);
        }
        for component in portable(&text).split('/') {
            if !is_component(component) {
                return Err(NotAFileName::Component);
            }
            if is_reserved(component) {
                return Err(NotAFileName::Reserved);
            }
        }
        Ok(Self(text))
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> Self {
        name.0
    }
}

fn portable(name: &str) -> String {
    name.replace(['<', '>', ':', '"', '|', '?', '*'], "_")
}

/// Azul's grammar, `\.?[^./ ]([^/]*[^./ ])?`.
fn is_component(text: &str) -> bool {
    let body = text.strip_prefix('.').unwrap_or(text);
    let plain = |end: Option<char>| end.is_some_and(|c| c != '.' && c != ' ');
    plain(body.chars().next()) && plain(body.chars().next_back())
}

/// Windows takes `nul.txt` for the device as well.
fn is_reserved(component: &str) -> bool {
    let stem = component.split('.').next().unwrap_or_default();
    let stem = stem.trim_end_matches(' ').to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" => true,
        port => (port.strip_prefix("COM").or(port.strip_prefix("LPT")))
            .is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9'])),
    }
}

#[cfg(test)]
mod tests;
