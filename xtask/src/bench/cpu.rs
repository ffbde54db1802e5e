//! How much processor a Viceroy has used.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// The threads that run requests: guest and host. The thread that only ticks, day and night, has
/// another name.
const WORKER: &str = "tokio-rt-worker";

/// The processor time of the worker threads of a Viceroy so far.
///
/// # Errors
/// When the system does not say (Linux does, in `/proc/<process>/task/<thread>/schedstat`), or no
/// thread has a worker's name: none would have used no time at all.
pub(crate) fn of_workers(process: u32) -> Result<Duration> {
    let tasks = format!("/proc/{process}/task");
    let (mut workers, mut nanoseconds) = (0, 0);
    for task in fs::read_dir(&tasks).with_context(|| format!("could not read {tasks}"))? {
        let task = task?.path();
        if fs::read_to_string(task.join("comm"))?.trim_end() == WORKER {
            workers += 1;
            nanoseconds += running(&fs::read_to_string(task.join("schedstat"))?)
                .with_context(|| format!("could not read {}", task.display()))?;
        }
    }
    ensure!(workers > 0, "no thread of process {process} is a {WORKER}");
    Ok(Duration::from_nanos(nanoseconds))
}

/// The first number of a `schedstat`: nanoseconds on a processor.
fn running(schedstat: &str) -> Option<u64> {
    schedstat.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests;
