//! The name that a client wants a file to be saved under.

/// A name that is only a name: wherever it is saved, it stays in its folder and looks like what it
/// is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName(String);

/// The longest name that file systems take, in bytes.
const LONGEST: usize = 255;

impl FileName {
    /// Reads a name; `None` for a text that is more than that, or less.
    pub fn parse(text: &str) -> Option<Self> {
        // A name that begins with a dot is hidden, `.`, `..`, or some program's settings.
        let is_visible = !text.starts_with(['.', ' ']) && !text.ends_with(['.', ' ']);
        let is_name = (1..=LONGEST).contains(&text.len())
            && is_visible
            && !text.contains(is_more_than_a_name);
        is_name.then(|| Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a character separates folders, drives or lines, or is not seen but changes what is.
fn is_more_than_a_name(c: char) -> bool {
    let separates = matches!(c, '/' | '\\' | ':' | '\u{2028}' | '\u{2029}') || c.is_control();
    let reorders = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let hides = matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffd}');
    separates || reorders || hides
}

#[cfg(test)]
mod tests;
