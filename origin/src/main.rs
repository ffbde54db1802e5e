//! `azat`: the operator's command, and the origin service.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    match command::Arguments::read().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("azat: {fault:#}");
            ExitCode::FAILURE
        }
    }
}
