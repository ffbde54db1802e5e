//! What a run has found.

use serde::Serialize;

use crate::bench::contender;
use crate::bench::contest::Requests;
use crate::bench::existence::{self, Telling, Timed};
use crate::bench::host_calls::HostCalls;
use crate::bench::machine::Machine;
use crate::bench::measurements::Measurements;
use crate::bench::openssl;
use crate::bench::rate::{Rate, rates};
use crate::bench::target::{self, Target};

/// What the parts of a run measured; empty where a part was left out.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) verification: Measurements,
    pub(crate) requests: Vec<Requests>,
    pub(crate) existence: Vec<Timed>,
    pub(crate) host_calls: Option<HostCalls>,
    pub(crate) peers: Vec<Requests>,
}

/// Everything a run has found. Of what it did not measure, only the targets are there.
#[derive(Serialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    /// Inside Viceroy, and native OpenSSL beside it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) verification: Vec<Time>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) requests: Vec<Rate>,
    /// Of one answer, given for different reasons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) existence: Vec<Telling>,
    /// Of one authorised file request of the released program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) host_calls: Option<HostCalls>,
    /// Programs that verify a token and no more, ours first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) peers: Vec<Rate>,
    /// The size of the released program in bytes.
    pub(crate) wasm_bytes: Option<u64>,
    /// Those too for which nothing was measured.
    pub(crate) targets: Vec<Target>,
}

/// How long a contender takes for an operation.
#[derive(Serialize)]
pub(crate) struct Time {
    pub(crate) operation: String,
    pub(crate) contender: String,
    /// The median of all rounds' medians.
    pub(crate) microseconds: f64,
    /// The least of all rounds.
    pub(crate) minimum_microseconds: f64,
    pub(crate) rounds: usize,
    /// How many times OpenSSL's time that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) times_openssl: Option<f64>,
    /// How many times our scalar path's time that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) times_ours: Option<f64>,
}

impl Report {
    /// Puts together what was measured.
    pub(crate) fn new(machine: Machine, found: &Found, wasm_bytes: Option<u64>) -> Self {
        let verification = times(&found.verification);
        let requests = rates(&found.requests, contender::FORWARDER);
        let targets = target::judge(&found.verification, &requests, wasm_bytes);
        Self {
            machine,
            verification,
            requests,
            existence: existence::compare(&found.existence),
            host_calls: found.host_calls.clone(),
            peers: rates(&found.peers, contender::OUR_VERIFICATION),
            wasm_bytes,
            targets,
        }
    }

    /// The operations that were measured, in order.
    pub(crate) fn operations(&self) -> Vec<&str> {
        let mut operations: Vec<&str> = Vec::new();
        for time in &self.verification {
            if !operations.contains(&time.operation.as_str()) {
                operations.push(&time.operation);
            }
        }
        operations
    }

    /// What was measured of one operation.
    pub(crate) fn of<'r>(&'r self, operation: &'r str) -> impl Iterator<Item = &'r Time> {
        let times = self.verification.iter();
        times.filter(move |time| time.operation == operation)
    }
}

fn times(measurements: &Measurements) -> Vec<Time> {
    let times = measurements.iter().map(|measured| {
        let microseconds = measured.medians.median();
        let against = |other| {
            let other = measurements.median(&measured.operation, other)?;
            Some(microseconds / other)
        };
        Time {
            operation: measured.operation.clone(),
            contender: measured.contender.clone(),
            microseconds,
            minimum_microseconds: measured.minima.minimum(),
            rounds: measured.medians.count(),
            times_openssl: against(openssl::CONTENDER),
            times_ours: against(contender::SCALAR),
        }
    });
    times.collect()
}
