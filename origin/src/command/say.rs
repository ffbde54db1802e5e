//! What a command prints.

use std::fmt::Display;
use std::io::{self, Write as _};

/// Writes one line on the standard output. Unlike `println!` it does not panic when nobody reads.
pub(super) fn say(line: impl Display) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}
