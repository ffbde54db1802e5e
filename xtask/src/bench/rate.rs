//! How fast contenders answer whole requests, each compared with one of them.

use serde::Serialize;

use crate::bench::contest::Requests;

/// How fast a contender answers whole requests.
#[derive(Serialize)]
pub(crate) struct Rate {
    pub(crate) contender: String,
    pub(crate) requests_per_second: f64,
    /// Guest and host, per request.
    pub(crate) processor_microseconds: f64,
    pub(crate) rounds: usize,
    /// How many times as many requests the one it is compared with answers in the same time.
    pub(crate) times_slower: f64,
    /// How many times the processor time of that one it takes.
    pub(crate) times_processor: f64,
}

/// Each compared with the one named `reference`.
pub(crate) fn rates(requests: &[Requests], reference: &str) -> Vec<Rate> {
    let named = |measured: &&Requests| measured.contender == reference;
    let Some(reference) = requests.iter().find(named) else {
        return Vec::new();
    };
    let rate = |measured: &Requests| Rate {
        contender: measured.contender.to_owned(),
        requests_per_second: measured.rate.median(),
        processor_microseconds: measured.processor.median(),
        rounds: measured.rate.count(),
        times_slower: reference.rate.median() / measured.rate.median(),
        times_processor: measured.processor.median() / reference.processor.median(),
    };
    requests.iter().map(rate).collect()
}
