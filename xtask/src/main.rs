//! The commands of a developer: `cargo xtask demo`, `test`, `fuzz`, `bench` and `scale`.

mod bench;
mod building;
mod demo;
mod fuzz;
mod interrupt;
mod kept;
mod patience;
mod running;
mod sample;
mod scale;
mod table;
mod test;
mod tools;

use std::process::ExitCode;

use clap::Parser;

use crate::interrupt::Interrupted;

/// The commands of a developer.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
enum Command {
    /// Downloads over 200 files through a real edge with one AZAT, shows what happened, and stays
    /// up.
    Demo {
        /// Stops the origin for a moment as well, and exits instead of staying up, with 1 if
        /// anything is not as it should be.
        #[arg(long)]
        check: bool,
    },
    /// Runs every check and test, and says how long each took.
    Test {
        /// Only what takes seconds and needs no more than Rust and curl: formatting, clippy, unit
        /// tests, and all other tests but those that need the edge.
        #[arg(long)]
        quick: bool,
    },
    /// Feeds inputs of libFuzzer's to the JOSE core, and reports what it finds; exits with 1 if it
    /// finds anything.
    Fuzz {
        /// The targets; all of them when none is named.
        #[arg(value_name = "TARGET", value_parser = fuzz::names())]
        targets: Vec<String>,
        /// How long in all, over the targets together.
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
        minutes: u32,
        /// Only as many runs as take a few seconds, the same each time; of all targets but `simd`,
        /// which takes too long to build.
        #[arg(long, conflicts_with_all = ["targets", "minutes"])]
        smoke: bool,
    },
    /// Measures how fast the edge verifies and answers, beside others. Takes some minutes.
    Bench(bench::Options),
    /// Measures what the origin does with very many files and users, and whether it keeps to its
    /// bounds; exits with 1 if it does not. Takes a quarter of an hour, and 3 GB for a while.
    Scale(scale::Options),
}

fn main() -> ExitCode {
    let command = Command::parse();
    let done = interrupt::listen().and_then(|()| match command {
        Command::Demo { check } => demo::run(check),
        Command::Test { quick: true } => test::run_quick(),
        Command::Test { quick: false } => test::run(),
        Command::Fuzz { smoke: true, .. } => fuzz::smoke(),
        Command::Fuzz {
            targets, minutes, ..
        } => fuzz::run(minutes, &targets),
        Command::Bench(options) => bench::run(&options),
        Command::Scale(options) => scale::run(&options),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<Interrupted>() => {
            eprintln!("Interrupted.");
            // As shells do for SIGINT.
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
