//! What edge and origin log, read back.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::error::read_text;
use crate::error::{Error, Result};

const DEADLINE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(10);
const EDGE_LINE: &str = "requests :: ";
/// How the methods of calls begin that only mark a place in the origin's log.
const MARK: &str = "MARK-";

/// The edge's request log, in order, once it has `at_least` lines.
///
/// # Errors
/// [`Error::Malformed`] when a line is not JSON, or too few have come in ten seconds.
pub(crate) fn edge_log(stdout: &Path, at_least: usize) -> Result<Vec<Value>> {
    let lines = || parsed(stdout, |line| line.strip_prefix(EDGE_LINE));
    wait_for(lines, "the edge's log", |lines| lines.len() >= at_least)
}

/// A method that no call had before.
pub(crate) fn new_mark() -> String {
    static MARKS: AtomicU64 = AtomicU64::new(0);
    format!("{MARK}{}", MARKS.fetch_add(1, Ordering::Relaxed))
}

/// Waits until the origin has logged the call with that method.
///
/// # Errors
/// [`Error::Malformed`] when a line is not JSON, or this one has not come in ten seconds.
pub(crate) fn wait_for_mark(stderr: &Path, mark: &str) -> Result<()> {
    let is_there = |lines: &[Value]| lines.iter().any(|line| line["method"] == mark);
    wait_for(|| origin_log(stderr), "the origin's log", is_there).map(drop)
}

/// Reads lines again until they are complete.
fn wait_for(
    lines: impl Fn() -> Result<Vec<Value>>,
    log: &str,
    is_complete: impl Fn(&[Value]) -> bool,
) -> Result<Vec<Value>> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        let lines = lines()?;
        if is_complete(&lines) {
            return Ok(lines);
        }
        if Instant::now() > deadline {
            let problem = format!("{} lines came, more were expected", lines.len());
            return Err(Error::malformed(log)(problem));
        }
        std::thread::sleep(POLL);
    }
}

/// How often each of the origin's routes was called.
pub(crate) fn origin_calls(stderr: &Path) -> Result<BTreeMap<String, u64>> {
    let mut calls = BTreeMap::new();
    for line in origin_log(stderr)? {
        let is_mark = |method: &str| method.starts_with(MARK);
        if line["method"].as_str().is_some_and(is_mark) {
            continue;
        }
        if let Some(route) = line["route"].as_str() {
            *calls.entry(route.to_owned()).or_default() += 1;
        }
    }
    Ok(calls)
}

fn origin_log(stderr: &Path) -> Result<Vec<Value>> {
    parsed(stderr, |line| line.starts_with('{').then_some(line))
}

/// The JSON of each line that `json_of` takes. A line that is still being written does not count.
fn parsed(log: &Path, json_of: impl Fn(&str) -> Option<&str>) -> Result<Vec<Value>> {
    let text = read_text(log)?;
    let complete = text.rfind('\n').map_or("", |end| &text[..end]);
    complete
        .lines()
        .filter_map(json_of)
        .map(|json| {
            serde_json::from_str(json)
                .map_err(Error::malformed(format!("a line of {}", log.display())))
        })
        .collect()
}

#[cfg(test)]
mod tests;
