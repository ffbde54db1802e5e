//! Lines on their way to the writer, and how many found no room.

use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A bounded queue that nobody waits to get into.
pub(super) struct Queue {
    /// How much waits at most, in bytes.
    capacity: usize,
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

/// What waits.
#[derive(Default)]
struct Waiting {
    batch: Batch,
    /// The writer has taken a batch, and is not done.
    is_writing: bool,
}

/// Lines that are written at once.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) text: String,
    lines: u64,
    /// How many lines, after most of these, were lost.
    pub(super) lost: u64,
}

impl Queue {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            waiting: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Adds a line, or counts it as lost.
    pub(super) fn push(&self, line: &str) {
        let mut waiting = self.lock();
        let batch = &mut waiting.batch;
        match batch.text.len() + line.len() <= self.capacity {
            true => {
                batch.text += line;
                batch.lines += 1;
            }
            false => batch.lost += 1,
        }
        drop(waiting);
        self.changed.notify_all();
    }

    /// Waits for lines, and takes them all.
    pub(super) fn take(&self) -> Batch {
        let waiting = self.lock();
        let no_lines = |waiting: &mut Waiting| waiting.batch.text.is_empty();
        let waiting = self.changed.wait_while(waiting, no_lines);
        let mut waiting = waiting.unwrap_or_else(PoisonError::into_inner);
        waiting.is_writing = true;
        mem::take(&mut waiting.batch)
    }

    /// The batch that was taken is written.
    pub(super) fn written(&self) {
        self.lock().is_writing = false;
        self.changed.notify_all();
    }

    /// The batch that was taken is lost, which the next one tells.
    pub(super) fn not_written(&self, batch: &Batch) {
        let mut waiting = self.lock();
        waiting.batch.lost += batch.lines + batch.lost;
        waiting.is_writing = false;
        drop(waiting);
        self.changed.notify_all();
    }

    /// Waits until nothing waits, as long as `patience` lasts.
    pub(super) fn wait_until_written(&self, patience: Duration) {
        let waiting = self.lock();
        let unwritten =
            |waiting: &mut Waiting| waiting.is_writing || !waiting.batch.text.is_empty();
        let _ = self
            .changed
            .wait_timeout_while(waiting, patience, unwritten);
    }

    /// Nothing panics while it holds the lock, so that what is behind it is whole.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
