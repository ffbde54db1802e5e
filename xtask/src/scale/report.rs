//! What came out, as Markdown, and which bounds are broken.

use std::fmt::Write as _;
use std::time::Duration;

use super::operator::Ran;

/// What came out.
pub(super) struct Report {
    /// Whether times are bounded: on a machine that is known.
    times_are_bounded: bool,
    /// Each with a note.
    commands: Vec<(Ran, &'static str)>,
    figures: Vec<Figure>,
}

/// Something that was measured, and the most that it may be.
struct Figure {
    what: String,
    measured: f64,
    at_most: Option<f64>,
}

impl Report {
    /// Nothing so far.
    pub(super) fn new(times_are_bounded: bool) -> Self {
        Self {
            times_are_bounded,
            commands: Vec::new(),
            figures: Vec::new(),
        }
    }

    /// A command that has succeeded, and what is to be said of it.
    pub(super) fn ran(&mut self, command: Ran, note: &'static str) {
        self.commands.push((command, note));
    }

    /// A figure without a bound.
    pub(super) fn measured(&mut self, what: &str, measured: f64) {
        self.add(what, measured, None);
    }

    /// One with a bound.
    pub(super) fn bounded(&mut self, what: &str, measured: f64, at_most: f64) {
        self.add(what, measured, Some(at_most));
    }

    /// One whose bound depends on how fast the machine is.
    pub(super) fn bounded_time(&mut self, what: &str, measured: f64, at_most: f64) {
        let at_most = self.times_are_bounded.then_some(at_most);
        self.add(what, measured, at_most);
    }

    fn add(&mut self, what: &str, measured: f64, at_most: Option<f64>) {
        self.figures.push(Figure {
            what: what.to_owned(),
            measured,
            at_most,
        });
    }

    /// A sentence for each bound that is broken.
    pub(super) fn broken(&self) -> Vec<String> {
        let broken = |figure: &Figure| {
            let at_most = figure.at_most?;
            // What is not a number was not measured.
            let is_kept = figure.measured <= at_most;
            let measured = number(figure.measured);
            (!is_kept).then(|| format!("{}: {measured}, at most {}", figure.what, number(at_most)))
        };
        self.figures.iter().filter_map(broken).collect()
    }

    /// Two tables.
    pub(super) fn markdown(&self) -> String {
        let mut text =
            "| command | s | peak memory, MB | store after it, MB |\n|---|---:|---:|---:|\n"
                .to_owned();
        let megabytes = |bytes: u64| number(bytes as f64 / 1e6);
        for (ran, note) in &self.commands {
            let (memory, store) = (megabytes(ran.peak_memory), megabytes(ran.store));
            let time = number(ran.time.as_secs_f64());
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "| `{}`{note} | {time} | {memory} | {store} |",
                ran.what
            );
        }
        text += "\n| | measured | at most |\n|---|---:|---:|\n";
        for figure in &self.figures {
            let measured = number(figure.measured);
            let at_most = figure.at_most.map(number).unwrap_or_default();
            let _ = writeln!(text, "| {} | {measured} | {at_most} |", figure.what);
        }
        text
    }
}

/// As figures have it.
pub(super) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// With as many places as say something.
fn number(value: f64) -> String {
    match value.abs() {
        magnitude if magnitude >= 100.0 => format!("{value:.0}"),
        magnitude if magnitude >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests;
