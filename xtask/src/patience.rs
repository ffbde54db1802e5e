//! Waiting for logs: they are written a little after the answers that they report.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::interrupt;

const PATIENCE: Duration = Duration::from_secs(5);

/// The first value that is `enough`, or the last one when patience is over.
pub(crate) fn until<T>(
    mut value: impl FnMut() -> Result<T>,
    enough: impl Fn(&T) -> bool,
) -> Result<T> {
    let deadline = Instant::now() + PATIENCE;
    interrupt::poll(|| {
        let value = value()?;
        Ok((enough(&value) || Instant::now() > deadline).then_some(value))
    })
}

#[cfg(test)]
mod tests;
