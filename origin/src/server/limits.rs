//! What a client may take of the server.

use std::time::Duration;

use super::progress::{Progress, Stage};

/// The limits of a server.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How many connections are served at once. For one more, that which has been waiting longest
    /// for a client to send something gives way.
    pub connections: u32,
    /// The longest head of a request, in bytes: beyond it the answer is 431. It is also how much is
    /// kept of a body or of an answer on its way. At least 8 KiB.
    pub head_length: usize,
    /// The longest body of a request, in bytes.
    pub body_length: usize,
    /// How long the head of a request takes to arrive, from the connection or its first byte.
    pub head: Duration,
    /// How long the body of a request takes to arrive after its head.
    pub body: Duration,
    /// How long a connection is kept without a request. It is for clients to end it: one that is
    /// just sending a request would lose it.
    pub idle: Duration,
    /// How long a client takes nothing of an answer that waits for it.
    pub stalled: Duration,
    /// How long a client that has its answer takes to end the connection.
    pub lingering: Duration,
    /// How long a request takes to arrive that has begun to when the server is told to stop.
    pub courtesy: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Half of the files that a process may have open, as a rule.
            connections: 512,
            // The edge lets URLs of 32 KiB pass, and adds tokens and signatures.
            head_length: 64 * 1024,
            // Two tokens fit several times.
            body_length: 32 * 1024,
            head: Duration::from_secs(10),
            body: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            stalled: Duration::from_secs(60),
            lingering: Duration::from_secs(2),
            courtesy: Duration::from_secs(1),
        }
    }
}

impl Limits {
    /// How long a connection may stay where it is; `None` while it waits for the service alone.
    pub(super) fn patience(&self, progress: Progress, is_stopping: bool) -> Option<Duration> {
        if progress.is_stalled {
            return Some(self.stalled);
        }
        match (progress.stage, is_stopping) {
            (Stage::Idle | Stage::Closing, true) => Some(Duration::ZERO),
            (Stage::Head | Stage::Body, true) => Some(self.courtesy),
            (Stage::Idle, false) => Some(self.idle),
            (Stage::Head, false) => Some(self.head),
            (Stage::Closing, false) => Some(self.lingering),
            // The limit of a body is kept where it is read, so that the client is told.
            (Stage::Body, false) | (Stage::Answer, _) => None,
        }
    }
}
