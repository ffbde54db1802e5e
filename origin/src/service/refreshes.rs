//! The turn to refresh a session: one at a time for each subject.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as SyncMutex, PoisonError, Weak};
use std::time::Instant;

use tokio::sync::Mutex;

use crate::subject::Subject;

/// Refreshes under way: at most one for each subject.
#[derive(Default)]
pub(super) struct Refreshes(SyncMutex<HashMap<Subject, Weak<Turn>>>);

/// Held by whoever refreshes; the others wait for it. It says when the last refresh failed, if it
/// did.
pub(super) type Turn = Mutex<Option<Instant>>;

impl Refreshes {
    /// What is held to refresh the session of a subject.
    pub(super) fn turn(&self, subject: &Subject) -> Arc<Turn> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = turns.get(subject).and_then(Weak::upgrade) {
            return turn;
        }
        turns.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::default();
        turns.insert(subject.clone(), Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests;
