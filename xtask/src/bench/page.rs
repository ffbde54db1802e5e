//! `docs/bench.md`: a full run writes it; one of a part alone can put its tables into it.

use std::fs;

use anyhow::{Context, Result};
use azat_testbed::workspace;

use crate::bench::report::Report;
use crate::bench::{chart, text};

/// What a reader has to know before the numbers.
const PREFACE: &str = "\
Written by `cargo xtask bench`. Times are microseconds, medians of rounds in which all contenders take turns; the
least times are what a quiet machine would show, and on a shared one medians are up to twice as long. A *signature*
is checked with a key that is ready, its hash included; a *token* is bytes in, claims out; *authenticity* is a token
without its claims' rules; *seen before* means by the same sandbox. The *decision* is a whole request in the guest,
with cached documents and without a platform; *start-up* is what a new sandbox does once. A target that is missed is
told, and is no error.

*Host calls* are all calls that the released program makes into what it imports, `fastly_*` and `wasi_*`, for one
authorised file with documents cached and a token seen before, as Viceroy traces them: from the moment a sandbox is
handed the request until it is handed the next. The request has curl's fields: host, user-agent, accept and
authorization. What is read again once a second, the Config Store, is not in it. The number does not depend on the
machine.

A file that is *not yours* and one that is *not there* get the same answer, which must take the same time, or time would
tell that there is a file. Each is asked for 12,000 times with documents cached, in turns whose order is drawn by chance,
over one connection; a time is that of a whole answer at the client. *Longer* is against *not there*, and what *not
there, another* shows there is chance.";

/// What a section of the page begins with.
const SECTION: &str = "\n### ";

/// What the last one begins with.
const TARGETS: &str = "\n### Targets\n";

/// Writes the page of a full run and its chart, where the README shows them.
///
/// # Errors
/// When the report is not whole, or cannot be written.
pub(crate) fn write(report: &Report) -> Result<()> {
    let docs = workspace().join("docs");
    let chart = chart::svg(report)?;
    fs::write(docs.join("bench.svg"), chart).context("could not write the chart")?;
    let page = format!(
        "# How fast\n\n{PREFACE}\n\n![Microseconds per verification](bench.svg)\n\n{}",
        text::markdown(report)
    );
    fs::write(docs.join("bench.md"), page).context("could not write the page")
}

/// Puts the tables of a report into the page, each with what it was measured on.
///
/// # Errors
/// When the page cannot be read or written.
pub(crate) fn update(report: &Report) -> Result<()> {
    let path = workspace().join("docs/bench.md");
    let mut page = fs::read_to_string(&path).context("could not read the page")?;
    for table in text::tables(report) {
        page = with(&page, &table, &report.machine.told());
    }
    fs::write(path, page).context("could not write the page")
}

/// The page with `table` in place of the one of the same heading, or before the targets.
fn with(page: &str, table: &str, machine: &str) -> String {
    let rows = table.find('|').unwrap_or(table.len());
    let (heading, rows) = table.split_at(rows);
    let (start, end) = match page.find(heading) {
        Some(start) => {
            let content = start + heading.len();
            let length = page[content..].find(SECTION);
            (start, length.map_or(page.len(), |length| content + length))
        }
        None => {
            let targets = page.find(TARGETS).unwrap_or(page.len());
            (targets, targets)
        }
    };
    let (before, after) = (&page[..start], &page[end..]);
    format!("{before}{heading}Measured by itself on {machine}.\n\n{rows}{after}")
}

#[cfg(test)]
mod tests;
