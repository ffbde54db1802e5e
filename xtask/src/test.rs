//! `cargo xtask test`: every test, in stages, or only the quick ones.

mod stages;
mod suites;

use std::time::{Duration, Instant};

use anyhow::Result;

use self::stages::Stage;
use crate::building;
use crate::fuzz;
use crate::table::aligned;
use crate::tools;

/// Sets up what is missing and runs every stage.
pub(crate) fn run() -> Result<()> {
    let viceroy = tools::prepare()?;
    // The stages that need these are minutes away.
    tools::check_wget()?;
    fuzz::check_compiler()?;
    tools::add_components()?;
    run_stages(stages::all(&building::built(viceroy)?)?)?;
    println!("All stages passed.");
    Ok(())
}

/// Runs the quick stages, for which Rust and curl are enough.
pub(crate) fn run_quick() -> Result<()> {
    tools::check_curl()?;
    tools::add_components()?;
    run_stages(stages::quick_ones()?)?;
    println!("All quick stages passed.");
    Ok(())
}

/// Runs the stages in turn, up to the first that fails, and says how long each took and what was
/// skipped.
fn run_stages(stages: Vec<Stage>) -> Result<()> {
    let count = stages.len();
    let mut times = Vec::new();
    let mut skipped = Vec::new();
    let mut result = Ok(());
    for (number, mut stage) in (1..).zip(stages) {
        println!("[{number}/{count}] {}", stage.name);
        let start = Instant::now();
        let expected = suites::expected(&stage.command);
        let ran = suites::run(stage.name, &mut stage.command, stage.limits, expected);
        times.push((stage.name, start.elapsed()));
        match ran {
            Ok(told) => skipped.extend(told),
            Err(error) => {
                result = Err(error);
                break;
            }
        }
    }
    println!("\nSeconds per stage:\n{}", summary(&times));
    for reason in skipped {
        println!("Skipped: {reason}");
    }
    result
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
mod tests;
