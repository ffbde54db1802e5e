//! The log of the running service: lines of JSON, written where nobody waits for them.
//!
//! A thread of its own writes. A reader that does not read, or a full disk, costs lines, which are
//! counted, and never a request.

mod notice;
mod panics;
mod queue;

use std::fmt::Display;
use std::io::{self, Write};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde::Serialize;

use notice::{Notice, lost};
use queue::Queue;

/// How much waits for the writer, in bytes; a line has some hundred.
const CAPACITY: usize = 256 * 1024;

/// How long the last lines are waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where lines go. Clones write into the same log.
#[derive(Clone)]
pub struct Log(Arc<Queue>);

impl Log {
    /// A log on the standard error.
    ///
    /// # Errors
    /// When the system has no thread for it.
    pub fn to_stderr() -> io::Result<Self> {
        Self::to(io::stderr(), CAPACITY)
    }

    /// A log whose writer lags behind by `capacity` bytes at most, beside those that it is writing.
    fn to(sink: impl Write + Send + 'static, capacity: usize) -> io::Result<Self> {
        let queue = Arc::new(Queue::new(capacity));
        let written = Arc::clone(&queue);
        let writer = thread::Builder::new().name("log".to_owned());
        writer.spawn(move || write(&written, sink))?;
        Ok(Self(queue))
    }

    /// Logs a line, without waiting.
    pub fn line(&self, line: &impl Serialize) {
        self.0.push(&json(line));
    }

    /// Logs what is no request. `detail` holds neither a path, nor a query, nor a credential.
    pub fn notice(&self, notice: &'static str, detail: Option<&dyn Display>) {
        self.line(&Notice::of(notice, detail));
    }

    /// Waits until what was logged so far is written: a second at most, since there may be nobody
    /// who reads it.
    pub fn flush(&self) {
        self.0.wait_until_written(PATIENCE);
    }
}

/// A line as it is written. Only strings and numbers: none of serde_json's failures can occur.
fn json(line: &impl Serialize) -> String {
    serde_json::to_string(line).unwrap_or_default() + "\n"
}

/// Writes all that is ever logged.
fn write(queue: &Queue, mut sink: impl Write) {
    loop {
        let mut batch = queue.take();
        if batch.lost > 0 {
            batch.text += &json(&lost(batch.lost));
        }
        match sink.write_all(batch.text.as_bytes()) {
            Ok(()) => queue.written(),
            Err(_) => queue.not_written(&batch),
        }
    }
}

#[cfg(test)]
mod tests;
