//! The stopwatch of a measuring program.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::json;

/// The shortest time that the clock in Viceroy measures well; what is shorter is done several
/// times.
const LAP: Duration = Duration::from_micros(100);

/// The fewest laps for an operation.
const LAPS: usize = 5;

/// Measures one contender's operations, and prints what it finds.
pub struct Stopwatch {
    contender: String,
    limit: Duration,
}

impl Stopwatch {
    /// For a contender, with so many milliseconds for each operation.
    pub fn new(contender: impl Into<String>, milliseconds: u64) -> Self {
        Self {
            contender: contender.into(),
            limit: Duration::from_millis(milliseconds),
        }
    }

    /// Measures an operation, and prints the median and the minimum of its laps in nanoseconds.
    ///
    /// # Panics
    /// When the operation fails: what is measured must be a success.
    pub fn measure<T, E: std::fmt::Debug>(
        &self,
        operation: &str,
        mut run: impl FnMut() -> Result<T, E>,
    ) {
        let mut once = || {
            black_box(run().expect("success"));
        };
        once();
        let start = Instant::now();
        once();
        let single = start.elapsed().max(Duration::from_nanos(1));
        let per_lap = (LAP.as_nanos() / single.as_nanos()).max(1) as u32;

        let (mut laps, start) = (Vec::new(), Instant::now());
        while laps.len() < LAPS || start.elapsed() < self.limit {
            let lap = Instant::now();
            for _ in 0..per_lap {
                once();
            }
            laps.push(lap.elapsed().as_nanos() as f64 / f64::from(per_lap));
        }
        laps.sort_by(f64::total_cmp);
        let line = json!({
            "contender": self.contender,
            "operation": operation,
            "nanoseconds": laps[laps.len() / 2],
            "minimum": laps[0],
            "n": laps.len() * per_lap as usize,
        });
        println!("{line}");
    }
}
