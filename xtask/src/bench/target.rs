//! What the project has set itself, and whether it keeps to it.

use serde::Serialize;

use crate::bench::contender::{EDGE, JSONWEBTOKEN, SCALAR, SIMD};
use crate::bench::measurements::Measurements;
use crate::bench::openssl;
use crate::bench::rate::Rate;

const RS256_2048: &str = "signature RS256-2048";
const TOKEN: &str = "token RS256-2048";
const SEEN_BEFORE: &str = "authenticity RS256-2048, seen before";
const START_UP: &str = "start-up";

/// Quadratic in the length of the modulus, and 30 % more.
const GROWTH: [(&str, f64); 2] = [
    ("signature RS256-3072", 2.25 * 1.3),
    ("signature RS256-4096", 4.0 * 1.3),
];

/// A limit, and what was measured against it.
#[derive(Serialize)]
pub(crate) struct Target {
    pub(crate) what: String,
    /// Nothing where it was not measured.
    pub(crate) measured: Option<f64>,
    /// At most that, or at least.
    pub(crate) limit: Limit,
    pub(crate) unit: &'static str,
    pub(crate) met: bool,
}

/// A bound on one side.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

/// All targets, also those for which nothing was measured.
pub(crate) fn judge(
    measurements: &Measurements,
    requests: &[Rate],
    wasm_bytes: Option<u64>,
) -> Vec<Target> {
    let time = |operation, contender| measurements.median(operation, contender);
    let mut targets = Vec::new();
    let mut add = |what: String, measured: Option<f64>, limit: Limit, unit| {
        targets.push(Target::of(what, measured, limit, unit));
    };
    let of_openssl = |contender| {
        ratio(
            time(RS256_2048, contender),
            time(RS256_2048, openssl::CONTENDER),
        )
    };
    let faster = |contender| ratio(time(TOKEN, JSONWEBTOKEN), time(TOKEN, contender));
    for (contender, signature, token) in [(SIMD, 3.0, 20.0), (SCALAR, 7.0, 10.0)] {
        add(
            format!("RS256-2048 signature, {contender}, against OpenSSL"),
            of_openssl(contender),
            Limit::AtMost(signature),
            "x",
        );
        add(
            format!("RS256-2048 token, {contender}, faster than {JSONWEBTOKEN}"),
            faster(contender),
            Limit::AtLeast(token),
            "x",
        );
        for (operation, limit) in GROWTH {
            add(
                format!("{operation}, {contender}, against RS256-2048"),
                ratio(time(operation, contender), time(RS256_2048, contender)),
                Limit::AtMost(limit),
                "x",
            );
        }
    }
    let seen_before = time(SEEN_BEFORE, SCALAR);
    add(
        SEEN_BEFORE.to_owned(),
        seen_before,
        Limit::AtMost(10.0),
        "µs",
    );
    let start_up = time(START_UP, SCALAR);
    add(
        "start-up of a sandbox".to_owned(),
        start_up,
        Limit::AtMost(100.0),
        "µs",
    );
    let edge = requests.iter().find(|rate| rate.contender == EDGE);
    for (what, measured) in [
        ("requests per second", edge.map(|rate| rate.times_slower)),
        (
            "processor time per request",
            edge.map(|rate| rate.times_processor),
        ),
    ] {
        let what = format!("{what}, against a forwarder");
        add(what, measured, Limit::AtMost(1.3), "x");
    }
    let megabytes = wasm_bytes.map(|bytes| bytes as f64 / 1e6);
    add(
        "the released program".to_owned(),
        megabytes,
        Limit::AtMost(1.2),
        "MB",
    );
    targets
}

fn ratio(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    Some(one? / other?)
}

impl Target {
    fn of(what: String, measured: Option<f64>, limit: Limit, unit: &'static str) -> Self {
        let met = measured.is_some_and(|measured| match limit {
            Limit::AtMost(most) => measured <= most,
            Limit::AtLeast(least) => measured >= least,
        });
        Self {
            what,
            measured,
            limit,
            unit,
            met,
        }
    }

    /// As in `at most 1.3 x`.
    pub(crate) fn bound(&self) -> String {
        match self.limit {
            Limit::AtMost(most) => format!("at most {most:.1} {}", self.unit),
            Limit::AtLeast(least) => format!("at least {least:.1} {}", self.unit),
        }
    }

    /// `met`, `missed` or `not measured`.
    pub(crate) fn outcome(&self) -> &'static str {
        match (self.measured, self.met) {
            (None, _) => "not measured",
            (Some(_), true) => "met",
            (Some(_), false) => "missed",
        }
    }
}

#[cfg(test)]
mod tests;
