//! Ctrl-C and SIGTERM, as an error like others: what is running is ended by its destructor.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};

const POLL: Duration = Duration::from_millis(20);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Somebody wants this program to end.
#[derive(Debug)]
pub(crate) struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("interrupted")
    }
}

impl std::error::Error for Interrupted {}

/// From now on signals do not end the program by themselves.
pub(crate) fn listen() -> Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed))
        .context("could not listen to signals")
}

/// Fails once there has been a signal.
pub(crate) fn check() -> Result<(), Interrupted> {
    if INTERRUPTED.load(Ordering::Relaxed) {
        Err(Interrupted)
    } else {
        Ok(())
    }
}

/// Asks `ready` again and again until it has something, or there is a signal.
pub(crate) fn poll<T>(mut ready: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    loop {
        if let Some(value) = ready()? {
            return Ok(value);
        }
        check()?;
        std::thread::sleep(POLL);
    }
}

/// Waits for a signal.
pub(crate) fn wait() {
    while check().is_ok() {
        std::thread::sleep(POLL);
    }
}
