//! Panics, told in the log.

use std::fmt::Display;
use std::panic;

use super::Log;

impl Log {
    /// Has every panic of the process told here by its place. Rust's own way waits for whoever
    /// reads the standard error, and tells values that a client may have sent.
    pub fn take_panics(&self) {
        let log = self.clone();
        panic::set_hook(Box::new(move |panic| {
            let place = panic.location();
            log.notice("the program panicked", place.map(|it| it as &dyn Display));
        }));
    }
}
