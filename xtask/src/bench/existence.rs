//! Whether time tells what the answer does not: that a file is there which is not yours.

use anyhow::{Context, Result};
use azat_testbed::{Artefacts, Stack};
use rsa::rand_core::{OsRng, RngCore as _};
use serde::Serialize;

use crate::interrupt;
use crate::kept::Kept;
use crate::sample::Samples;

/// How often each is asked for.
const ROUNDS: usize = 12_000;

/// How often each is asked for before that: documents are cached then, and all sandboxes are warm.
const WARM_UP: usize = 500;

/// What the others are compared with.
const ABSENT: &str = "not there";

/// The orders of three, of which each round has one by chance: none gains by who was before it.
const ORDERS: [[usize; 3]; 6] = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
];

/// How long the same answer took for one reason.
pub(crate) struct Timed {
    reason: &'static str,
    microseconds: Samples,
}

/// How long an answer takes for one reason, in microseconds.
#[derive(Serialize)]
pub(crate) struct Telling {
    pub(crate) reason: &'static str,
    pub(crate) requests: usize,
    pub(crate) time: Times,
    /// How much longer than for a file that is not there; nothing for that one itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) longer: Option<Times>,
}

/// What many requests took, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Times {
    pub(crate) tenth_percentile: f64,
    pub(crate) median: f64,
    pub(crate) minimum: f64,
}

/// Asks in turn, over one connection, for a file that is not the user's, for one that is not there,
/// and for another that is not there: how those two differ is chance.
///
/// # Errors
/// When an answer is not 404.
pub(crate) fn run(artefacts: Artefacts) -> Result<Vec<Timed>> {
    let stack = Stack::builder().artefacts(artefacts).frozen().start()?;
    let library = stack.library();
    let closed = library.closed().first().context("no closed file")?.path();
    let asked = [
        ("not yours", closed),
        (ABSENT, library.unknown_path(0)),
        ("not there, another", library.unknown_path(1)),
    ];
    let token = stack.mint()?.header();
    let mut kept = Kept::open(stack.edge_address())?;
    let mut timed = asked.each_ref().map(|&(reason, _)| Timed {
        reason,
        microseconds: Samples::default(),
    });
    for round in 0..WARM_UP + ROUNDS {
        interrupt::check()?;
        for index in ORDERS[OsRng.next_u32() as usize % ORDERS.len()] {
            let (reason, path) = &asked[index];
            let time = kept
                .ask(&format!("GET {path}"), &token, 404)
                .context(*reason)?;
            if round >= WARM_UP {
                timed[index].microseconds.add(time.as_secs_f64() * 1e6);
            }
        }
    }
    drop(kept);
    match stack.finish()? {
        Some(leak) => Err(leak.into()),
        None => Ok(timed.into()),
    }
}

/// Each compared with a file that is not there.
pub(crate) fn compare(timed: &[Timed]) -> Vec<Telling> {
    let absent = timed.iter().find(|timed| timed.reason == ABSENT);
    let absent = absent.map(|absent| Times::of(&absent.microseconds));
    let telling = |timed: &Timed| {
        let time = Times::of(&timed.microseconds);
        let absent = absent.filter(|_| timed.reason != ABSENT);
        Telling {
            reason: timed.reason,
            requests: timed.microseconds.count(),
            time,
            longer: absent.map(|absent| time.minus(absent)),
        }
    };
    timed.iter().map(telling).collect()
}

impl Times {
    fn of(microseconds: &Samples) -> Self {
        Self {
            tenth_percentile: microseconds.quantile(0.1),
            median: microseconds.median(),
            minimum: microseconds.minimum(),
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            tenth_percentile: self.tenth_percentile - other.tenth_percentile,
            median: self.median - other.median,
            minimum: self.minimum - other.minimum,
        }
    }

    /// All of them, as they are shown.
    pub(crate) fn all(self) -> [f64; 3] {
        [self.tenth_percentile, self.median, self.minimum]
    }
}

#[cfg(test)]
mod tests;
