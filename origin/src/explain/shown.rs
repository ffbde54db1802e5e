//! Text that others wrote, for a terminal.

use std::fmt::{self, Display, Formatter, Write as _};

/// Shows what a terminal would act upon instead of printing it, or not print at all, as an escape:
/// control characters, line breaks among them, and marks that turn the direction of writing.
pub(super) struct Shown<T>(pub(super) T);

impl<T: Display> Display for Shown<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

struct Escaping<'w, 'f>(&'w mut Formatter<'f>);

impl fmt::Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            match character {
                '"' | '\'' | '\\' => self.0.write_char(character)?,
                _ => write!(self.0, "{}", character.escape_debug())?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
