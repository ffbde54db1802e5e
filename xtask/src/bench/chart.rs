//! The chart: bars on a logarithmic scale, readable on light and on dark ground.

use std::fmt::Write as _;

use anyhow::{Result, ensure};

use crate::bench::contender::is_ours;
use crate::bench::openssl;
use crate::bench::report::{Report, Time};

/// The operations that are shown: what a reader compares.
const SHOWN: [(&str, &str); 3] = [
    ("token RS256-2048", "RS256 token, bytes in, claims out"),
    ("signature RS256-2048", "RS256 signature alone, 2048 bits"),
    ("signature ES256", "ES256 signature alone"),
];

const WIDTH: f64 = 760.0;
const LABELS: f64 = 190.0;
const BAR: f64 = 18.0;
const STEP: f64 = 24.0;
const NUMBERS: f64 = 80.0;
const MARGIN: f64 = 16.0;

/// Where the scale begins, in microseconds.
const LEAST: f64 = 10.0;

/// Colours that stand out from white and from black alike.
const STYLE: &str = "text{font:13px system-ui,sans-serif;fill:#57606a}.head{font-weight:600}.small{font-size:11px}\
    .ours{fill:#1a7f64}.other{fill:#8c959f}.native{fill:#b08800}\
    @media(prefers-color-scheme:dark){text{fill:#c9d1d9}}";

/// The chart as SVG.
///
/// # Errors
/// When nothing was measured of what it shows.
pub(crate) fn svg(report: &Report) -> Result<String> {
    let most = shown(report)
        .map(|time| time.microseconds)
        .fold(LEAST, f64::max);
    let (mut body, mut y) = (String::new(), MARGIN + 14.0);
    text(
        &mut body,
        MARGIN,
        y,
        "head",
        "Microseconds inside Viceroy, logarithmic: shorter is better",
    );
    for (operation, title) in SHOWN {
        let times: Vec<_> = report.of(operation).collect();
        ensure!(!times.is_empty(), "nothing was measured of {operation}");
        y += STEP + 8.0;
        text(&mut body, MARGIN, y, "head", title);
        for time in times {
            y += STEP;
            bar(&mut body, y, time, most);
        }
    }
    y += STEP + 8.0;
    for line in wrapped(&report.machine.told(), 115) {
        text(&mut body, MARGIN, y, "small", &line);
        y += 15.0;
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y:.0}\" role=\"img\" \
         aria-label=\"How long verification takes\">\n<style>{STYLE}</style>\n{body}</svg>\n"
    ))
}

fn shown(report: &Report) -> impl Iterator<Item = &Time> {
    SHOWN.iter().flat_map(|(operation, _)| report.of(operation))
}

fn bar(body: &mut String, y: f64, time: &Time, most: f64) {
    let room = WIDTH - LABELS - NUMBERS - 2.0 * MARGIN;
    let part = (time.microseconds / LEAST).ln() / (most / LEAST).ln();
    let (x, width) = (MARGIN + LABELS, (room * part).max(2.0));
    let class = match time.contender.as_str() {
        openssl::CONTENDER => "native",
        name if is_ours(name) => "ours",
        _ => "other",
    };
    text(body, MARGIN, y, "", &time.contender);
    // Writing to a String cannot fail.
    let _ = writeln!(
        body,
        "<rect class=\"{class}\" x=\"{x:.0}\" y=\"{:.0}\" width=\"{width:.1}\" height=\"{BAR:.0}\" rx=\"2\"/>",
        y - 14.0
    );
    let number = format!("{:.0} µs", time.microseconds);
    text(body, x + width + 6.0, y, "", &number);
}

fn text(body: &mut String, x: f64, y: f64, class: &str, content: &str) {
    let content = content.replace('&', "&amp;").replace('<', "&lt;");
    // Writing to a String cannot fail.
    let _ = writeln!(
        body,
        "<text class=\"{class}\" x=\"{x:.0}\" y=\"{y:.0}\">{content}</text>"
    );
}

/// Lines of at most `length` characters, broken between words.
fn wrapped(content: &str, length: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in content.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= length => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests;
