//! `cargo xtask fuzz`: the fuzz targets, for long or for a moment.
//!
//! They are built by the project's own stable compiler, with the flags that `cargo fuzz` gives to a
//! nightly one, but for the address sanitizer: this project's code has nothing unsafe that it could
//! watch.

mod binaries;
mod job;

use std::thread::available_parallelism;

use anyhow::{Result, bail};
use azat_testbed::workspace;

pub(crate) use self::binaries::check_compiler;
use self::binaries::{Binaries, SIMD};
use self::job::{Job, Limit, Outcome};
use crate::table::{aligned, thousands};

/// A target, and how many runs of it take a few seconds.
struct Target {
    name: &'static str,
    smoke_runs: u64,
}

const TARGETS: [Target; 6] = [
    target("compact", 200_000),
    target("json", 50_000),
    target("jwk_set", 50_000),
    target("rs256", 200),
    // Building it takes too long for a smoke test.
    target(SIMD, 0),
    target("verification", 1_500),
];

const fn target(name: &'static str, smoke_runs: u64) -> Target {
    Target { name, smoke_runs }
}

/// The names of all targets.
pub(crate) fn names() -> [&'static str; 6] {
    TARGETS.map(|target| target.name)
}

/// Fuzzes the targets of these names, or all if there are none, for so many minutes in all.
pub(crate) fn run(minutes: u32, names: &[String]) -> Result<()> {
    let chosen: Vec<&Target> = (TARGETS.iter())
        .filter(|target| names.is_empty() || names.iter().any(|name| name == target.name))
        .collect();
    let share = u64::from(minutes) * 60 / chosen.len() as u64;
    let mut binaries = Binaries::build()?;
    if chosen.iter().any(|target| target.name == SIMD) {
        binaries.add_simd()?;
    }
    println!(
        "{share} seconds for each target. What is found lies in fuzz/corpus and fuzz/artifacts."
    );
    let fuzz = workspace().join("fuzz");
    finish(run_jobs(chosen, |target| {
        binaries.job(target.name, &fuzz, Limit::Seconds(share))
    })?)
}

/// Fuzzes every target for as many runs as take a few seconds, beginning with nothing but its
/// seeds.
pub(crate) fn smoke() -> Result<()> {
    let binaries = Binaries::build()?;
    let folder = binaries.scratch()?;
    let quick = TARGETS.iter().filter(|target| target.smoke_runs > 0);
    finish(run_jobs(quick.collect(), |target| {
        binaries.job(target.name, &folder, Limit::Runs(target.smoke_runs))
    })?)
}

/// Runs one job for each target, two at once where there are two processors.
fn run_jobs(targets: Vec<&Target>, job: impl Fn(&Target) -> Job) -> Result<Vec<Outcome>> {
    let at_once = available_parallelism().map_or(1, usize::from).min(2);
    job::run(targets.into_iter().map(job).collect(), at_once)
}

/// Reports what came out; fails if there is a finding.
fn finish(outcomes: Vec<Outcome>) -> Result<()> {
    print!("{}", summary(&outcomes));
    let findings: Vec<String> = outcomes.iter().filter_map(Outcome::finding).collect();
    if !findings.is_empty() {
        bail!("{}", findings.join("\n"));
    }
    Ok(())
}

fn summary(outcomes: &[Outcome]) -> String {
    let heading = ["target", "executions", "findings"].map(str::to_owned);
    let rows: Vec<_> = [heading]
        .into_iter()
        .chain(outcomes.iter().map(|outcome| {
            let findings = u64::from(outcome.failed);
            [
                outcome.target.to_owned(),
                thousands(outcome.executions),
                findings.to_string(),
            ]
        }))
        .collect();
    aligned(&rows)
}

#[cfg(test)]
mod tests;
