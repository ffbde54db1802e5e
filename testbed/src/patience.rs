//! Patience: what a test waits for comes, or the test fails.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long something is waited for that ought to come at once, on a machine that is busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(10);

/// Waits until there is something.
///
/// # Panics
/// When there is nothing within a minute. `what` says what was waited for, as in "the edge asks".
#[track_caller]
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        thread::sleep(POLL);
    }
}

/// Waits until something is so.
///
/// # Panics
/// As [`wait_for`].
#[track_caller]
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    wait_for(what, || is_so().then_some(()));
}

/// Does work that might never end, on a thread of its own.
///
/// # Panics
/// When it does not end within a minute, as in "waited in vain until the run ends", or panics.
#[track_caller]
pub fn within<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, outcome) = channel();
    thread::spawn(move || done.send(work()));
    match outcome.recv_timeout(PATIENCE) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => panic!("waited in vain until {what}"),
        Err(RecvTimeoutError::Disconnected) => panic!("a panic came before {what}"),
    }
}

#[cfg(test)]
mod tests;
