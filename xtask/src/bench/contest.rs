//! Programs that answer requests, measured in turn.

use std::time::Duration;

use anyhow::{Context, Result};

use crate::bench::cpu;
use crate::bench::load::Load;
use crate::interrupt;
use crate::sample::Samples;

/// How often each contender has its turn, and for how long: so short that what disturbs one
/// disturbs the next too.
const ROUNDS: usize = 45;
const TURN: Duration = Duration::from_millis(300);
const WARM_UP: Duration = Duration::from_millis(500);

/// One contender's whole requests.
pub(crate) struct Requests {
    pub(crate) contender: &'static str,
    /// Requests per second.
    pub(crate) rate: Samples,
    /// Processor time of guest and host per request, in microseconds.
    pub(crate) processor: Samples,
}

/// A program that answers requests.
pub(crate) struct Contender {
    name: &'static str,
    load: Load,
    process: u32,
}

impl Contender {
    /// One that runs in the Viceroy of that process id, under that load.
    pub(crate) fn new(name: &'static str, load: Load, process: u32) -> Self {
        Self {
            name,
            load,
            process,
        }
    }

    fn turn(&self, measured: &mut Requests) -> Result<()> {
        let before = cpu::of_workers(self.process)?;
        let throughput = self.load.run(TURN).context(self.name)?;
        let used = cpu::of_workers(self.process)?.saturating_sub(before);
        let per_request = used.as_secs_f64() * 1e6 / throughput.requests as f64;
        measured.rate.add(throughput.rate());
        measured.processor.add(per_request);
        Ok(())
    }
}

/// Lets every contender have its turn, again and again; `between` is called after each turn.
///
/// # Errors
/// When one of them does not answer as it must.
pub(crate) fn run(contenders: &[Contender], between: impl Fn()) -> Result<Vec<Requests>> {
    let mut measured: Vec<_> = contenders
        .iter()
        .map(|contender| Requests {
            contender: contender.name,
            rate: Samples::default(),
            processor: Samples::default(),
        })
        .collect();
    for contender in contenders {
        contender.load.run(WARM_UP).context(contender.name)?;
    }
    for _ in 0..ROUNDS {
        for (contender, measured) in contenders.iter().zip(&mut measured) {
            interrupt::check()?;
            contender.turn(measured)?;
            between();
        }
    }
    Ok(measured)
}
