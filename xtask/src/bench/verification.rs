//! Verification inside Viceroy, ours and others', with native OpenSSL beside it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use bench_harness::Input;
use serde::Deserialize;

use crate::bench::measurements::Measurements;
use crate::bench::openssl;
use crate::{interrupt, running};

/// How often each contender has its turn, and for how long an operation is measured in it. On a
/// shared machine a busy stretch lasts for seconds, often a whole turn: medians are steady when
/// turns are many rather than long.
const ROUNDS: usize = 21;
pub(crate) const MILLISECONDS: u64 = 30;

/// How long a program may take in a round: many times what it takes.
const PATIENCE: Duration = Duration::from_secs(300);

/// A line that a program of the bench prints.
#[derive(Deserialize)]
struct Line {
    contender: String,
    operation: String,
    nanoseconds: f64,
    minimum: f64,
}

/// Runs every program in turn, again and again; OpenSSL too, if it is there.
///
/// # Errors
/// When a program fails, or does not measure in each round what it measures in others.
pub(crate) fn run(
    viceroy: &Path,
    programs: &[PathBuf],
    input: &Input,
    with_openssl: bool,
) -> Result<Measurements> {
    let input = serde_json::to_string(input)?;
    let mut measurements = Measurements::default();
    for _ in 0..ROUNDS {
        for program in programs {
            interrupt::check()?;
            for line in lines(viceroy, program, &input)? {
                let (median, minimum) = (line.nanoseconds / 1e3, line.minimum / 1e3);
                measurements.add(line.operation, line.contender, median, minimum);
            }
        }
        interrupt::check()?;
        if with_openssl {
            for (operation, nanoseconds) in openssl::measure()? {
                let time = nanoseconds / 1e3;
                measurements.add(operation, openssl::CONTENDER.to_owned(), time, time);
            }
        }
    }
    measurements.check_rounds(ROUNDS)?;
    Ok(measurements)
}

/// What a program prints.
fn lines(viceroy: &Path, program: &Path, input: &str) -> Result<Vec<Line>> {
    // Viceroy interrupts a guest as often as a profile of it would need samples: every 50
    // microseconds unless told otherwise, a burden that native measurements do not bear. It ends no
    // sooner than the next sample is due.
    let profile = program.with_extension("profile.json");
    let mut command = Command::new(viceroy);
    command
        .arg("run")
        .arg(format!("--profile=guest,{},1s", profile.display()))
        .arg(program)
        .args(["--", input])
        .env_remove("RUST_LOG");
    let said = running::output("a program of the bench", &mut command, PATIENCE)?;
    if !said.status.success() {
        bail!(
            "{} failed in Viceroy ({}): {}",
            program.display(),
            said.status,
            String::from_utf8_lossy(&said.stderr).trim()
        );
    }
    parsed(&String::from_utf8_lossy(&said.stdout))
        .with_context(|| format!("could not read what {} says", program.display()))
}

/// The lines of a program, of which there is at least one.
fn parsed(said: &str) -> Result<Vec<Line>> {
    let lines = said.lines().filter(|line| line.starts_with('{'));
    let lines: Vec<Line> = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
    ensure!(!lines.is_empty(), "it measured nothing");
    Ok(lines)
}

#[cfg(test)]
mod tests;
