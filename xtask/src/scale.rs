//! `cargo xtask scale`: what the origin does with very many files and users.

mod alone;
mod bounds;
mod collection;
mod contention;
mod edge;
mod manifests;
mod memory;
mod operator;
mod report;
mod serving;
mod stranger;
mod writes;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, value_parser};

use self::bounds::PEAK_MEGABYTES;
use self::collection::Collection;
use self::edge::Edge;
use self::operator::Operator;
use self::report::Report;
use self::serving::Serving;
use crate::running::run as run_command;
use crate::{building, tools};

/// How much there is.
#[derive(Args)]
pub(crate) struct Options {
    /// How many files there are.
    #[arg(long, default_value_t = 1_000_000, value_parser = value_parser!(u64).range(4_000..=4_000_000))]
    files: u64,
    /// How many users there are.
    #[arg(long, default_value_t = 100_000, value_parser = value_parser!(u64).range(1..=4_000_000))]
    users: u64,
    /// How many of a hundred files are public: so many a manifest has that nobody signed in for.
    #[arg(long, default_value_t = 100, value_parser = value_parser!(u64).range(2..=100))]
    public: u64,
    /// 6,000 files and 600 users, in a build for tests, and only bounds that do not depend on
    /// how fast the machine is.
    #[arg(long, conflicts_with_all = ["files", "users"])]
    small: bool,
}

/// Fills a store as an operator does, measures, and prints tables for `docs/origin.md`.
///
/// # Errors
/// When something fails, is refused or incomplete, or breaks a bound.
pub(crate) fn run(options: &Options) -> Result<()> {
    tools::check_curl()?;
    let collection = match options.small {
        true => Collection::new(6_000, 600, options.public),
        false => Collection::new(options.files, options.users, options.public),
    };
    let operator = Operator::new(program(options.small)?)?;
    let mut report = Report::new(!options.small);
    fill(&operator, &collection, &mut report)?;
    // While the service runs, it has the store to itself.
    let azat = operator.mint(&collection.reader())?;
    let edge = Edge::new(operator.edge_secret(), &azat)?;

    break_off(&operator, &mut report)?;
    report.ran(operator.run(&["check"])?, "");
    report.ran(operator.run(&["compact"])?, "");

    let serving = Serving::start(&operator)?;
    alone::measure(&serving, &edge, &collection, &mut report)?;
    contention::measure(&serving, &edge, &collection, &mut report)?;
    let peak = serving.peak_memory()? as f64 / 1e6;
    report.bounded("peak memory of the service, MB", peak, PEAK_MEGABYTES);
    drop(serving);

    print!("\n{}", report.markdown());
    let broken = report.broken();
    if !broken.is_empty() {
        bail!("Bounds are broken:\n{}", broken.join("\n"));
    }
    println!("\nAll bounds are kept.");
    Ok(())
}

/// Builds `azat`; yields where it is.
fn program(small: bool) -> Result<PathBuf> {
    if !small {
        return building::released_azat();
    }
    run_command("building azat", &mut building::azat())?;
    Ok(building::target_directory()?.join("debug/azat"))
}

/// Imports everything, and everything once more.
fn fill(operator: &Operator, collection: &Collection, report: &mut Report) -> Result<()> {
    eprintln!("Writing the lines to import.");
    let (users, files) = (operator.file("users.jsonl"), operator.file("files.jsonl"));
    collection.write_users(&users)?;
    collection.write_files(&files)?;
    operator.run(&["keys", "create"])?;
    let users = users.to_string_lossy();
    let files = files.to_string_lossy();
    for note in ["", ", nothing new"] {
        report.ran(operator.run(&["users", "import", &users])?, note);
        report.ran(operator.run(&["files", "import", &files])?, note);
    }
    Ok(())
}

/// Kills the service in the middle of writes, and starts it again.
fn break_off(operator: &Operator, report: &mut Report) -> Result<()> {
    let serving = Serving::start(operator)?;
    report.measured("start, s", serving.ready_after.as_secs_f64());
    eprintln!("Killing the service in the middle of writes.");
    let written = writes::until_killed(serving)?;
    let serving = Serving::start(operator)?;
    let what = format!("start after a kill amid writes ({written} done), s");
    report.measured(&what, serving.ready_after.as_secs_f64());
    Ok(())
}
