//! Records, asked for at a steady rate while others fetch manifests.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::bounds::TIMES_SLOWER;
use super::collection::Collection;
use super::edge::Edge;
use super::manifests::Client;
use super::report::{Report, milliseconds};
use super::serving::Serving;
use crate::interrupt;
use crate::kept::Kept;
use crate::sample::Samples;
use crate::table::thousands;

/// How many manifests are fetched at the same time.
const MANIFESTS: usize = 8;

/// How often it is measured in quiet and under load, in turn: what else the machine does disturbs
/// both.
const ROUNDS: usize = 3;

/// How long it is measured in quiet, and at least under load.
const TURN: Duration = Duration::from_secs(5);

/// The time from one record to the next.
const EVERY: Duration = Duration::from_millis(10);

/// How long records took in one turn, in milliseconds.
struct Turn(Samples);

/// Measures, and reports what records took.
///
/// # Errors
/// When a record or a manifest is refused, or a manifest is not whole.
pub(super) fn measure(
    serving: &Serving,
    edge: &Edge,
    collection: &Collection,
    report: &mut Report,
) -> Result<()> {
    let records = Records {
        serving,
        edge,
        collection,
    };
    let files = collection.public_files();
    let mut rounds = Vec::new();
    for round in 1..=ROUNDS {
        eprintln!("Records, in quiet and beside {MANIFESTS} manifests: {round} of {ROUNDS}.");
        let start = Instant::now();
        let quiet = records.ask_while(|| start.elapsed() < TURN)?;
        let loaded = under_load(&records, files)?;
        rounds.push((quiet, loaded));
    }
    // The least of all rounds: it is what the rest of the machine has disturbed least.
    let least = |of: fn(&(Turn, Turn)) -> f64| rounds.iter().map(of).fold(f64::NAN, f64::min);
    let quiet = least(|(quiet, _)| quiet.late());
    let loaded = least(|(_, loaded)| loaded.late());
    let median = least(|(quiet, _)| quiet.median());
    report.measured("a record in quiet, ms, median", median);
    report.measured("the same, ms, 99th percentile", quiet);
    let files = thousands(files);
    let what = format!("a record beside {MANIFESTS} manifests of {files} files, ms");
    let median = least(|(_, loaded)| loaded.median());
    report.measured(&format!("{what}, median"), median);
    report.measured("the same, ms, 99th percentile", loaded);
    let what = "the one 99th percentile, times the other";
    report.bounded_time(what, loaded / quiet, TIMES_SLOWER);
    Ok(())
}

/// Asks for records while the manifests are asked for and fetched.
fn under_load(records: &Records<'_>, files: u64) -> Result<Turn> {
    let client = Client::of(records.serving);
    let one = || -> Result<()> {
        let asked = client.ask(None)?;
        client.fetch(&asked.location)?.has_files(files)
    };
    thread::scope(|scope| {
        let start = Instant::now();
        let manifests: Vec<_> = (0..MANIFESTS).map(|_| scope.spawn(one)).collect();
        let is_loaded = || manifests.iter().any(|manifest| !manifest.is_finished());
        let turn = records.ask_while(|| is_loaded() || start.elapsed() < TURN / 10);
        for manifest in manifests {
            match manifest.join() {
                Ok(fetched) => fetched?,
                Err(_) => bail!("a client that fetches a manifest panicked"),
            }
        }
        turn
    })
}

/// Who asks for records, and of what.
struct Records<'m> {
    serving: &'m Serving,
    edge: &'m Edge,
    collection: &'m Collection,
}

impl Records<'_> {
    /// Asks at a steady rate. What has to wait for an answer that is late is late itself: time
    /// counts from when it was due.
    fn ask_while(&self, mut goes_on: impl FnMut() -> bool) -> Result<Turn> {
        let mut kept = Kept::open(self.serving.address)?;
        let mut times = Samples::default();
        let start = Instant::now();
        for number in 0_u32.. {
            if !goes_on() {
                break;
            }
            interrupt::check()?;
            let due = start + EVERY * number;
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let file = self.collection.some_file(number.into());
            self.edge.record(&mut kept, &file)?;
            times.add(milliseconds(due.elapsed()));
        }
        Ok(Turn(times))
    }
}

impl Turn {
    fn median(&self) -> f64 {
        self.0.median()
    }

    fn late(&self) -> f64 {
        self.0.quantile(0.99)
    }
}
