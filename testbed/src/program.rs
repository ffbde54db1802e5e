//! Programs that are run to their end: if it does not come in time, it is made.

use std::io;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// How long a program may take: curl has a minute for each request, and may try again.
const PATIENCE: Duration = Duration::from_secs(180);

/// Runs a program without standard input to its end, and gives what it said.
///
/// # Errors
/// It cannot be started, or takes longer than three minutes.
pub fn output(command: &mut Command) -> io::Result<Output> {
    let command = command.stdin(Stdio::null());
    ended(
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?,
    )
}

/// Waits for the end of a program, and gives what it said; its standard input is closed.
///
/// # Errors
/// It takes longer than three minutes.
pub fn ended(child: Child) -> io::Result<Output> {
    ended_within(PATIENCE, child)
}

fn ended_within(patience: Duration, child: Child) -> io::Result<Output> {
    let pid = Pid::from_child(&child);
    let (done, outcome) = channel();
    thread::spawn(move || done.send(child.wait_with_output()));
    outcome.recv_timeout(patience).unwrap_or_else(|_| {
        // Fails only when it has just ended.
        let _ = kill_process(pid, Signal::KILL);
        Err(io::Error::new(io::ErrorKind::TimedOut, "it did not end"))
    })
}

#[cfg(test)]
mod tests;
