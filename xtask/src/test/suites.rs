//! Running tests: a run of none is no success, and what was skipped is told again at its end.

use std::io::{self, BufRead as _, BufReader, PipeReader};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Result, anyhow, ensure};

use crate::running;

/// What a test says, and after it the reason, if it passes without having tested anything.
const SKIPPED: &str = "SKIPPED: ";

/// What a run of tests said of itself.
#[derive(Default)]
struct Said {
    /// How many test programs ran tests that passed.
    suites: usize,
    skipped: Vec<String>,
}

/// How many test programs `command` must run: as many as it names, but one at least if it is
/// `cargo test`.
pub(super) fn expected(command: &Command) -> usize {
    let named = command.get_args().filter(|argument| *argument == "--test");
    match command.get_args().next() {
        Some(subcommand) if subcommand == "test" => named.count().max(1),
        _ => 0,
    }
}

/// Runs tests, whose output is shown, and fails if they do, or if fewer than `expected` programs
/// ran any: a filter or a `cfg` can leave none. Yields what was skipped.
pub(super) fn run(what: &str, command: &mut Command, expected: usize) -> Result<Vec<String>> {
    let (output, input) = io::pipe()?;
    command.stdout(input);
    let shown = thread::spawn(move || show(output));
    let done = running::run(what, command);
    // Closes this program's own end of the pipe.
    command.stdout(Stdio::null());
    let said = shown.join().map_err(|_| anyhow!("{what}: lost output"))?;
    done?;
    let Said { suites, skipped } = said?;
    ensure!(
        suites >= expected,
        "{what} failed: of {expected} test programs, {suites} ran tests."
    );
    Ok(skipped)
}

/// Shows every line, and notes what it says.
fn show(output: PipeReader) -> io::Result<Said> {
    let mut said = Said::default();
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        said.note(&text);
        line.clear();
    }
    Ok(said)
}

impl Said {
    fn note(&mut self, line: &str) {
        let passed = line.strip_prefix("test result: ok. ");
        let passed = passed.and_then(|rest| rest.split_once(" passed;"));
        if passed.is_some_and(|(passed, _)| passed != "0") {
            self.suites += 1;
        }
        if let Some((_, reason)) = line.split_once(SKIPPED) {
            self.skipped.push(reason.trim_end().to_owned());
        }
    }
}

#[cfg(test)]
mod tests;
