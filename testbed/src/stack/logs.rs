//! What edge and origin log, read back.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::error::read_text;
use crate::error::{Error, Result};

const DEADLINE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(10);
const EDGE_LINE: &str = "requests :: ";

/// The edge's request log, in order, once it has `at_least` lines.
///
/// # Errors
/// [`Error::Malformed`] when a line is not JSON, or too few have come in ten seconds.
pub(crate) fn edge_log(stdout: &Path, at_least: usize) -> Result<Vec<Value>> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        let lines = parsed(stdout, |line| line.strip_prefix(EDGE_LINE))?;
        if lines.len() >= at_least {
            return Ok(lines);
        }
        if Instant::now() > deadline {
            let problem = format!("{} lines came, {at_least} were expected", lines.len());
            return Err(Error::malformed("the edge's log")(problem));
        }
        std::thread::sleep(POLL);
    }
}

/// How often each of the origin's routes was called.
pub(crate) fn origin_calls(stderr: &Path) -> Result<BTreeMap<String, u64>> {
    let mut calls = BTreeMap::new();
    for line in parsed(stderr, |line| line.starts_with('{').then_some(line))? {
        if let Some(route) = line["route"].as_str() {
            *calls.entry(route.to_owned()).or_default() += 1;
        }
    }
    Ok(calls)
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
