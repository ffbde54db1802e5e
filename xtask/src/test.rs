//! `cargo xtask test`: every test, in stages.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;
use azat_testbed::{Artefacts, workspace};

use crate::building;
use crate::fuzz;
use crate::running::{self, cargo};
use crate::table::aligned;
use crate::tools::{self, EDGE_TARGET};

struct Stage {
    name: &'static str,
    command: Command,
}

/// Sets up what is missing and runs every stage.
pub(crate) fn run() -> Result<()> {
    let viceroy = tools::prepare()?;
    // The last stage needs it, and is minutes away.
    fuzz::check_compiler()?;
    tools::add_components()?;
    run_stages(stages(&building::built(viceroy)?)?)?;
    println!("All stages passed.");
    Ok(())
}

/// Runs the stages in turn, up to the first that fails, and tells how long each took.
fn run_stages(stages: Vec<Stage>) -> Result<()> {
    let count = stages.len();
    let mut times = Vec::new();
    let mut result = Ok(());
    for (number, mut stage) in (1..).zip(stages) {
        println!("[{number}/{count}] {}", stage.name);
        let start = Instant::now();
        result = running::run(stage.name, &mut stage.command);
        times.push((stage.name, start.elapsed()));
        if result.is_err() {
            break;
        }
    }
    println!("\nSeconds per stage:\n{}", summary(&times));
    result
}

fn stages(artefacts: &Artefacts) -> Result<Vec<Stage>> {
    let stage = |name, command| Stage { name, command };
    Ok(vec![
        stage("formatting", cargo(&["fmt", "--all", "--check"])),
        stage("formatting of fuzz", formatting_of_fuzz()),
        stage("clippy, native", clippy(&["--workspace"])),
        stage("clippy, wasm", clippy(&WASM)),
        stage("clippy, wasm with SIMD", building::with_simd(clippy(&WASM))),
        stage(
            "unit tests",
            cargo(&["test", "--workspace", "--lib", "--bins", "--locked"]),
        ),
        stage(
            "core tests in Viceroy",
            core_tests_in_viceroy(&artefacts.viceroy, &[]),
        ),
        stage(
            "RS256 with SIMD in Viceroy",
            building::with_simd(core_tests_in_viceroy(&artefacts.viceroy, &["rs256"])),
        ),
        stage("building the edge", building::edge()),
        stage("building azat", building::azat()),
        stage("black-box tests", black_box_tests(artefacts)),
        stage(
            "doc tests",
            cargo(&["test", "--workspace", "--doc", "--locked"]),
        ),
        stage("documentation", documentation()),
        stage("fuzz smoke", fuzz_smoke()?),
    ])
}

/// The edge as it runs.
const WASM: [&str; 4] = ["--package", "azat-edge", "--target", EDGE_TARGET];

/// A workspace of its own.
fn formatting_of_fuzz() -> Command {
    cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"])
}

fn clippy(packages: &[&str]) -> Command {
    let mut clippy = cargo(&["clippy", "--all-targets", "--locked"]);
    clippy.args(packages).args(["--", "--deny", "warnings"]);
    clippy
}

fn core_tests_in_viceroy(viceroy: &Path, options: &[&str]) -> Command {
    let manifest = workspace().join("fastly.toml");
    let runner = format!("{} run -C {} --", viceroy.display(), manifest.display());
    let mut tests = cargo(&[
        "test",
        "--package",
        "azat-edge",
        "--lib",
        "--target",
        EDGE_TARGET,
        "--locked",
    ]);
    tests.args(options);
    tests.env("CARGO_TARGET_WASM32_WASIP1_RUNNER", runner);
    tests
}

fn black_box_tests(artefacts: &Artefacts) -> Command {
    let mut tests = cargo(&["test", "--workspace", "--test", "*", "--locked"]);
    tests
        .env("AZAT_EDGE_WASM", &artefacts.edge_wasm)
        .env("AZAT_BIN", &artefacts.azat)
        .env("AZAT_VICEROY", &artefacts.viceroy);
    tests
}

/// This program's own command.
fn fuzz_smoke() -> Result<Command> {
    let mut smoke = Command::new(std::env::current_exe()?);
    smoke.args(["fuzz", "--smoke"]);
    Ok(smoke)
}

fn documentation() -> Command {
    let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    doc.env("RUSTDOCFLAGS", "--deny warnings");
    doc
}

fn summary(times: &[(&str, Duration)]) -> String {
    let seconds = |time: Duration| format!("{:.1}", time.as_secs_f64());
    let total = times.iter().map(|(_, time)| *time).sum();
    let rows = times.iter().copied().chain([("together", total)]);
    let rows: Vec<_> = rows
        .map(|(name, time)| [name.to_owned(), seconds(time)])
        .collect();
    aligned(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(name: &'static str, program: &str) -> Stage {
        Stage {
            name,
            command: Command::new(program),
        }
    }

    #[test]
    fn the_first_stage_that_fails_ends_the_run_and_is_named() {
        let stages = vec![
            stage("one", "true"),
            stage("two", "false"),
            stage("three", "/nowhere"),
        ];
        let told = run_stages(stages).unwrap_err().to_string();
        assert_eq!(told, "two failed (exit status: 1).");
        run_stages(vec![stage("one", "true")]).unwrap();
    }

    #[test]
    fn times_are_summed() {
        let times = [
            ("formatting", Duration::from_millis(1_200)),
            ("clippy", Duration::from_secs(61)),
        ];
        assert_eq!(
            summary(&times),
            "  formatting   1.2\n  clippy      61.0\n  together    62.2\n"
        );
    }
}
