//! `cargo xtask bench`: how fast it is, and beside what.

mod chart;
mod contender;
mod contest;
mod cpu;
mod existence;
mod guest;
mod host_calls;
mod keys;
mod load;
mod machine;
mod measurements;
mod openssl;
mod page;
mod peers;
mod programs;
mod rate;
mod report;
mod requests;
mod target;
mod text;
mod verification;

use std::fs;
use std::path::Path;

use anyhow::Result;
use azat_testbed::Artefacts;
use clap::{Args, ValueEnum};

use crate::{building, tools};

use contest::Requests;
use machine::Machine;
use measurements::Measurements;
use programs::Programs;
use report::{Found, Report};

/// What to measure, and how to tell it.
#[derive(Args)]
pub(crate) struct Options {
    /// Measures one part alone, and leaves `docs/` as it is.
    #[arg(long)]
    only: Option<Part>,
    /// Puts the tables of that part into `docs/bench.md` all the same.
    #[arg(long, requires = "only")]
    keep: bool,
    /// Measures JavaScript programs too, with `jose` and with WebCrypto. Needs node 20 or newer,
    /// npm, and 500 MB.
    #[arg(long)]
    peers: bool,
    /// Prints one JSON document instead of tables.
    #[arg(long)]
    json: bool,
}

/// A part of the bench.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Signatures and tokens, ours and others'.
    Verification,
    /// Whole requests, against a program that only forwards.
    Requests,
    /// The same answer for different reasons: whether time tells a file that is not yours from one
    /// that is not there.
    Existence,
    /// What a request asks of the host: counted, not timed.
    HostCalls,
}

/// Measures, and reports. A full run writes `docs/bench.svg` and `docs/bench.md`.
///
/// # Errors
/// When something cannot be built or measured; being slow is no error.
pub(crate) fn run(options: &Options) -> Result<()> {
    let viceroy = tools::prepare()?;
    let artefacts = building::artefacts(viceroy)?;
    let programs = Programs::below(&building::target_directory()?);
    let wasm_bytes = fs::metadata(&artefacts.edge_wasm)?.len();
    let measures = |part| options.only.is_none_or(|only| only == part);

    let mut found = Found::default();
    if measures(Part::Verification) {
        found.verification = verify(&artefacts.viceroy, &programs)?;
    }
    if options.peers {
        found.peers = beside_javascript(&artefacts.viceroy, &programs)?;
    }
    if measures(Part::HostCalls) {
        eprintln!("Counting host calls.");
        found.host_calls = Some(host_calls::run(artefacts.clone())?);
    }
    if measures(Part::Existence) {
        eprintln!("Measuring what time tells.");
        found.existence = existence::run(artefacts.clone())?;
    }
    if measures(Part::Requests) {
        found.requests = ask(artefacts, &programs)?;
    }
    let mut report = Report::new(Machine::this()?, &found, Some(wasm_bytes));
    match options.only {
        None => page::write(&report)?,
        Some(_) => report.targets.retain(|target| target.measured.is_some()),
    }
    if options.keep {
        page::update(&report)?;
    }
    match options.json {
        true => println!("{}", serde_json::to_string_pretty(&report)?),
        false => print!("{}", text::plain(&report)),
    }
    Ok(())
}

fn verify(viceroy: &Path, programs: &Programs) -> Result<Measurements> {
    let built = [
        programs.build("bench-ours")?,
        programs.build_with_simd("bench-ours")?,
        programs.build("bench-peers")?,
    ];
    let with_openssl = openssl::version().is_some();
    if !with_openssl {
        eprintln!(
            "openssl is missing: its column is left out. Your system's package manager has it."
        );
    }
    eprintln!("Making keys.");
    let input = keys::input(verification::MILLISECONDS)?;
    eprintln!("Measuring verification.");
    verification::run(viceroy, &built, &input, with_openssl)
}

fn ask(artefacts: Artefacts, programs: &Programs) -> Result<Vec<Requests>> {
    let forwarder = programs.build("bench-forwarder")?;
    eprintln!("Measuring whole requests.");
    requests::run(artefacts, &forwarder)
}

fn beside_javascript(viceroy: &Path, programs: &Programs) -> Result<Vec<Requests>> {
    let directory = programs.scratch("javascript");
    let javascript = peers::build(&directory)?;
    let ours = programs.build("bench-verifier")?;
    let input = keys::input(verification::MILLISECONDS)?;
    eprintln!("Measuring programs that verify a token.");
    peers::run(viceroy, ours, javascript, &input, &directory)
}
