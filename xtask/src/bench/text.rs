//! A report for people, as aligned columns and as Markdown.

use crate::bench::existence::Telling;
use crate::bench::rate::Rate;
use crate::bench::report::{Report, Time};
use crate::bench::target::Target;
use crate::table::{aligned, thousands};

/// A heading and rows of cells, the first of which names the columns.
struct Section<const N: usize> {
    heading: &'static str,
    rows: Vec<[String; N]>,
}

/// The whole report, for a terminal.
pub(crate) fn plain(report: &Report) -> String {
    let mut text = format!("\n{}\n", report.machine.told());
    text += &verification(report).plain();
    text += &requests(report).plain();
    text += &existence(report).plain();
    text += &host_calls(report).plain();
    text += &peers(report).plain();
    text + &targets(report).plain()
}

/// The whole report, in Markdown.
pub(crate) fn markdown(report: &Report) -> String {
    let text = format!("Measured on {}.\n", report.machine.told());
    text + &tables(report).concat() + &targets(report).markdown()
}

/// The tables of what was measured, in Markdown, each with its heading.
pub(crate) fn tables(report: &Report) -> Vec<String> {
    let mut tables = vec![
        verification(report).markdown(),
        requests(report).markdown(),
        existence(report).markdown(),
        host_calls(report).markdown(),
        peers(report).markdown(),
    ];
    tables.retain(|table| !table.is_empty());
    tables
}

fn verification(report: &Report) -> Section<6> {
    let names = [
        "operation",
        "contender",
        "µs",
        "least µs",
        "x OpenSSL",
        "x ours",
    ];
    let rows = report.operations().into_iter().flat_map(|operation| {
        let times = report.of(operation).enumerate();
        // The operation is named once.
        times.map(move |(index, time)| time_row(if index == 0 { operation } else { "" }, time))
    });
    Section::new("Verification inside Viceroy", names, rows)
}

fn time_row(operation: &str, time: &Time) -> [String; 6] {
    [
        operation.to_owned(),
        time.contender.clone(),
        significant(time.microseconds),
        significant(time.minimum_microseconds),
        optional(time.times_openssl),
        optional(time.times_ours),
    ]
}

fn requests(report: &Report) -> Section<5> {
    rates(
        "Whole requests on Viceroy, against a forwarder",
        &report.requests,
    )
}

fn existence(report: &Report) -> Section<7> {
    let names = [
        "404 for a file",
        "10 % µs",
        "median µs",
        "least µs",
        "longer: 10 %",
        "median",
        "least",
    ];
    let row = |telling: &Telling| {
        let [tenth, median, least] = telling.time.all().map(significant);
        let longer = telling.longer.map(|longer| longer.all());
        let [tenth_longer, median_longer, least_longer] = match longer {
            Some(longer) => longer.map(|time| format!("{time:+.1}")),
            None => Default::default(),
        };
        [
            telling.reason.to_owned(),
            tenth,
            median,
            least,
            tenth_longer,
            median_longer,
            least_longer,
        ]
    };
    Section::new(
        "Not yours, or not there: the time of one answer",
        names,
        report.existence.iter().map(row),
    )
}

fn host_calls(report: &Report) -> Section<2> {
    let row = |(function, calls): (&str, usize)| [function.to_owned(), calls.to_string()];
    let rows = report.host_calls.iter().flat_map(|calls| {
        let by_function = calls.by_function.iter();
        let by_function = by_function.map(|(function, calls)| (function.as_str(), *calls));
        std::iter::once(("all", calls.total)).chain(by_function)
    });
    Section::new(
        "Host calls of one request",
        ["function", "calls"],
        rows.map(row),
    )
}

fn peers(report: &Report) -> Section<5> {
    rates(
        "Programs that verify a token and no more, on Viceroy",
        &report.peers,
    )
}

fn rates(heading: &'static str, rates: &[Rate]) -> Section<5> {
    let names = [
        "contender",
        "requests/s",
        "processor µs",
        "x slower",
        "x processor",
    ];
    let row = |rate: &Rate| {
        [
            rate.contender.clone(),
            thousands(rate.requests_per_second.round() as u64),
            significant(rate.processor_microseconds),
            format!("{:.2}", rate.times_slower),
            format!("{:.2}", rate.times_processor),
        ]
    };
    Section::new(heading, names, rates.iter().map(row))
}

fn targets(report: &Report) -> Section<4> {
    let row = |target: &Target| {
        let measured = |measured| format!("{measured:.2} {}", target.unit);
        [
            target.what.clone(),
            target.measured.map(measured).unwrap_or_default(),
            target.bound(),
            target.outcome().to_owned(),
        ]
    };
    let rows = report.targets.iter().map(row);
    Section::new("Targets", ["target", "measured", "limit", ""], rows)
}

impl<const N: usize> Section<N> {
    fn new(
        heading: &'static str,
        names: [&str; N],
        rows: impl Iterator<Item = [String; N]>,
    ) -> Self {
        let rows = std::iter::once(names.map(str::to_owned))
            .chain(rows)
            .collect();
        Self { heading, rows }
    }

    fn is_empty(&self) -> bool {
        self.rows.len() < 2
    }

    fn plain(&self) -> String {
        match self.is_empty() {
            true => String::new(),
            false => format!("\n{}\n{}", self.heading, aligned(&self.rows)),
        }
    }

    fn markdown(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let line = |row: &[String; N]| format!("| {} |\n", row.join(" | "));
        let mut text = format!("\n### {}\n\n", self.heading);
        for (index, row) in self.rows.iter().enumerate() {
            text += &line(row);
            if index == 0 {
                text += &format!("|---|{}\n", "---:|".repeat(N - 1));
            }
        }
        text
    }
}

/// With three digits that say something, and no more.
fn significant(value: f64) -> String {
    match value {
        100.0.. => thousands(value.round() as u64),
        10.0.. => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn optional(value: Option<f64>) -> String {
    value.map(significant).unwrap_or_default()
}

#[cfg(test)]
mod tests;
