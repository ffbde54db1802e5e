//! The commands of a developer: `cargo xtask demo` and `cargo xtask test`.

mod building;
mod demo;
mod interrupt;
mod patience;
mod running;
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
    /// Downloads over 200 files through a real edge with one AZAT, shows what happened, and stays up.
    Demo {
        /// Exits instead of staying up; with 1 when anything is not as it should be.
        #[arg(long)]
        check: bool,
    },
    /// Runs every check and test, and says how long each took.
    Test,
}

fn main() -> ExitCode {
    let command = Command::parse();
    let done = interrupt::listen().and_then(|()| match command {
        Command::Demo { check } => demo::run(check),
        Command::Test => test::run(),
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
