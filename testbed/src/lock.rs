//! The one way in which this crate locks: a panic in one thread must not become one in the others.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks. What this crate's locks guard is whole whatever panicked while they were held.
pub(crate) fn whole<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
