//! The stages of `cargo xtask test`, in their order.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use azat_testbed::{Artefacts, workspace};

use crate::building;
use crate::running::{Limits, cargo};
use crate::tools::EDGE_TARGET;

/// A part of a run.
pub(super) struct Stage {
    pub(super) name: &'static str,
    pub(super) limits: Limits,
    pub(super) command: Command,
}

/// A stage of the list: how long it may take, in which runs it is, and how it comes by its command.
struct Listed {
    name: &'static str,
    limits: Limits,
    run: Run,
}

enum Run {
    /// In quick and in full runs: it needs nothing that only a full run sets up.
    Quick(fn() -> Result<Command>),
    /// In a full run only.
    Full(fn(&Artefacts) -> Result<Command>),
}

/// What compiles nothing.
const BRIEF: Limits = Limits {
    silence: minutes(5),
    total: minutes(5),
};

/// What may find nothing built, on a slow machine: all of it together is built in 20 minutes with
/// two cores, and cargo says a line for each crate, the longest of which take two minutes. A test
/// that hangs is told of after a minute, and ended by the silence that follows.
const COMPILED: Limits = Limits {
    silence: minutes(10),
    total: minutes(60),
};

const fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

const STAGES: [Listed; 16] = [
    quick("formatting", BRIEF, || {
        Ok(cargo(&["fmt", "--all", "--check"]))
    }),
    quick("formatting of fuzz", BRIEF, || Ok(formatting_of_fuzz())),
    quick("clippy, native", COMPILED, || Ok(clippy(&["--workspace"]))),
    full("clippy, wasm", COMPILED, |_| Ok(clippy(&WASM))),
    full("clippy, wasm with SIMD", COMPILED, |_| {
        Ok(building::with_simd(clippy(&WASM)))
    }),
    quick("unit tests", COMPILED, || {
        Ok(tests(&["--workspace", "--lib", "--bins"]))
    }),
    quick("native tests", COMPILED, native_tests),
    full("core tests in Viceroy", COMPILED, |artefacts| {
        Ok(core_tests_in_viceroy(&artefacts.viceroy, &[]))
    }),
    full("RS256 with SIMD in Viceroy", COMPILED, |artefacts| {
        let tests = core_tests_in_viceroy(&artefacts.viceroy, &["rs256"]);
        Ok(building::with_simd(tests))
    }),
    full("building the edge", COMPILED, |_| Ok(building::edge())),
    full("building azat", COMPILED, |_| Ok(building::azat())),
    full("black-box tests", COMPILED, |artefacts| {
        Ok(black_box_tests(artefacts))
    }),
    full("scale, small", COMPILED, |_| own(&["scale", "--small"])),
    full("doc tests", COMPILED, |_| {
        Ok(tests(&["--workspace", "--doc"]))
    }),
    full("documentation", COMPILED, |_| Ok(documentation())),
    full("fuzz smoke", COMPILED, |_| own(&["fuzz", "--smoke"])),
];

const fn quick(name: &'static str, limits: Limits, command: fn() -> Result<Command>) -> Listed {
    let run = Run::Quick(command);
    Listed { name, limits, run }
}

const fn full(
    name: &'static str,
    limits: Limits,
    command: fn(&Artefacts) -> Result<Command>,
) -> Listed {
    let run = Run::Full(command);
    Listed { name, limits, run }
}

/// Every stage, with the programs that were built before or that a stage builds.
pub(super) fn all(artefacts: &Artefacts) -> Result<Vec<Stage>> {
    let stage = |Listed { name, limits, run }: &Listed| {
        let command = match run {
            Run::Quick(command) => command()?,
            Run::Full(command) => command(artefacts)?,
        };
        Ok(Stage {
            name,
            limits: *limits,
            command,
        })
    };
    STAGES.iter().map(stage).collect()
}

/// The quick stages.
pub(super) fn quick_ones() -> Result<Vec<Stage>> {
    let stage = |Listed { name, limits, run }: &Listed| match run {
        Run::Quick(command) => Some(command().map(|command| Stage {
            name,
            limits: *limits,
            command,
        })),
        Run::Full(_) => None,
    };
    STAGES.iter().filter_map(stage).collect()
}

/// The test target that needs the whole stack.
const BLACK_BOX: &str = "edge";

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

/// Cargo's own tests.
fn tests(options: &[&str]) -> Command {
    let mut tests = cargo(&["test", "--locked"]);
    tests.args(options);
    tests
}

fn core_tests_in_viceroy(viceroy: &Path, options: &[&str]) -> Command {
    let manifest = workspace().join("fastly.toml");
    let runner = format!("{} run -C {} --", viceroy.display(), manifest.display());
    let mut tests = tests(&WASM);
    tests.arg("--lib").args(options);
    tests.env("CARGO_TARGET_WASM32_WASIP1_RUNNER", runner);
    tests
}

/// Every test target of the workspace but the black-box tests: what is added is run as well.
fn native_tests() -> Result<Command> {
    let mut tests = tests(&["--workspace"]);
    let targets = building::test_targets()?;
    for target in targets.iter().filter(|target| *target != BLACK_BOX) {
        tests.args(["--test", target]);
    }
    Ok(tests)
}

fn black_box_tests(artefacts: &Artefacts) -> Command {
    let mut tests = tests(&["--package", "azat-edge", "--test", BLACK_BOX]);
    tests
        .env("AZAT_EDGE_WASM", &artefacts.edge_wasm)
        .env("AZAT_BIN", &artefacts.azat)
        .env("AZAT_VICEROY", &artefacts.viceroy);
    tests
}

/// This program's own command.
fn own(arguments: &[&str]) -> Result<Command> {
    let mut own = Command::new(std::env::current_exe()?);
    own.args(arguments);
    Ok(own)
}

fn documentation() -> Command {
    let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    doc.env("RUSTDOCFLAGS", "--deny warnings");
    doc
}

#[cfg(test)]
mod tests;
