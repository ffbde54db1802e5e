//! The lines that a running program says, one by one.

use std::io::{BufRead as _, BufReader, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;

use crate::patience::PATIENCE;

/// The lines of an output, without their ends. They are read as they come, by a thread.
pub struct Lines(Receiver<String>);

impl Lines {
    /// The lines of that output, up to the first that cannot be read.
    pub fn of(output: impl Read + Send + 'static) -> Self {
        let (said, lines) = channel();
        thread::spawn(move || {
            let read = BufReader::new(output).lines().map_while(Result::ok);
            // Whoever wants no more lines has dropped the other end.
            for line in read {
                if said.send(line).is_err() {
                    break;
                }
            }
        });
        Self(lines)
    }
}

impl Iterator for Lines {
    type Item = String;

    /// Waits for the next line; there is none after the output's end.
    ///
    /// # Panics
    /// When neither comes within a minute.
    fn next(&mut self) -> Option<String> {
        match self.0.recv_timeout(PATIENCE) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("waited in vain for a line"),
        }
    }
}

#[cfg(test)]
mod tests;
