//! The name of a file, and the path it is saved to on any computer.

use serde::{Deserialize, Serialize};

/// The longest component, in bytes: what Linux's file systems take.
pub(super) const LONGEST_COMPONENT: usize = 255;

/// The longest name, in bytes: with a directory in front it stays within the 1,024 of macOS.
const LONGEST: usize = 900;

/// A name that a file can be saved under on macOS, Windows and Linux once the characters that
/// Windows reserves are replaced. A `/` in it makes directories. The rules are Azul's, and then
/// some: names that are too long, that look like others, and the other devices of Windows.
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
    /// What is not seen, or turns the order of what is, makes one name look like another.
    #[error(
        "expected a file name without invisible characters, and none that change the direction"
    )]
    Invisible,
    /// Longer than some system can save.
    #[error(
        "expected a file name of at most {LONGEST} bytes, and {LONGEST_COMPONENT} between slashes"
    )]
    Length,
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
        if text.contains(is_invisible) {
            return Err(NotAFileName::Invisible);
        }
        if text.len() > LONGEST {
            return Err(NotAFileName::Length);
        }
        for component in portable(&text).split('/') {
            if component.len() > LONGEST_COMPONENT {
                return Err(NotAFileName::Length);
            }
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

/// Whether a character is not seen: separators of lines and paragraphs, marks and overrides of the
/// direction (UAX #9), joiners and fillers of no width, tags, and what is no character.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Azul's grammar, `\.?[^./ ]([^/]*[^./ ])?`.
fn is_component(text: &str) -> bool {
    let body = text.strip_prefix('.').unwrap_or(text);
    let plain = |end: Option<char>| end.is_some_and(|c| c != '.' && c != ' ');
    plain(body.chars().next()) && plain(body.chars().next_back())
}

/// Windows takes `nul.txt` for the device as well, and `COM¹` for `COM1`.
fn is_reserved(component: &str) -> bool {
    let stem = component.split('.').next().unwrap_or_default();
    let stem = stem.trim_end_matches(' ').to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" => true,
        port => (port.strip_prefix("COM").or(port.strip_prefix("LPT"))).is_some_and(|number| {
            matches!(number, "\u{b9}" | "\u{b2}" | "\u{b3}")
                || matches!(number.as_bytes(), [b'1'..=b'9'])
        }),
    }
}

#[cfg(test)]
mod tests;
