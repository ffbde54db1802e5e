//! `azat`: the operator's command, and the origin service.

mod command;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match command::Azat::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("azat: {fault:#}");
            ExitCode::FAILURE
        }
    }
}
