//! Running tests: a run of none is no success, and what was skipped is told again at its end.

use std::io::{self, IsTerminal as _};
use std::process::Command;

use anyhow::{Result, ensure};

use crate::running::{self, Limits, Stream};

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

/// Runs tests, whose output is shown, and fails if they do, if they hit one of the limits, or if
/// fewer than `expected` programs ran any: a filter or a `cfg` can leave none. Yields what was
/// skipped.
pub(super) fn run(
    what: &str,
    command: &mut Command,
    limits: Limits,
    expected: usize,
) -> Result<Vec<String>> {
    if io::stderr().is_terminal() {
        // Cargo itself sees a pipe.
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut said = Said::default();
    let status = running::listen(what, command, limits, |stream, line| {
        let line = String::from_utf8_lossy(line);
        match stream {
            Stream::Output => {
                print!("{line}");
                said.note(&line);
            }
            Stream::Error => eprint!("{line}"),
        }
    })?;
    running::succeeded(what, status)?;
    let Said { suites, skipped } = said;
    ensure!(
        suites >= expected,
        "{what} failed: of {expected} test programs, {suites} ran tests."
    );
    Ok(skipped)
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
