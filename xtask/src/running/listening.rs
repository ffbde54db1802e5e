//! Listening to a command, and ending it when it hangs.

use std::io::{self, BufRead as _, BufReader, PipeReader};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use azat_testbed::ProcessGroup;

use crate::interrupt;

/// How often it is looked whether the command has ended, or its time is over.
const POLL: Duration = Duration::from_millis(20);

/// How many lines may wait to be heard.
const WAITING_LINES: usize = 1024;

/// How long a command may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Without a line of output. What hangs is found by this.
    pub(crate) silence: Duration,
    /// In all. What says the same again and again is found by this.
    pub(crate) total: Duration,
}

/// Where a command says something.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    /// The standard output.
    Output,
    /// The standard error.
    Error,
}

/// Runs `command`, which `what` names, until it has ended and so has all that holds its output.
/// `hear` gets each line, with its end.
///
/// # Errors
/// When a limit is hit or there is a signal: the command's whole group is ended then.
pub(crate) fn listen(
    what: &str,
    command: &mut Command,
    limits: Limits,
    mut hear: impl FnMut(Stream, &[u8]),
) -> Result<ExitStatus> {
    let (mut group, lines) = spawn(command)?;
    let start = Instant::now();
    let mut last = (start, Vec::new());
    loop {
        interrupt::check()?;
        match lines.recv_timeout(POLL) {
            Ok((stream, line)) => {
                hear(stream, &line);
                last = (Instant::now(), line);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                if let Some(status) = group.try_wait()? {
                    return Ok(status);
                }
                thread::sleep(POLL);
            }
        }
        let (heard, line) = &last;
        if let Some(broken) = limits.broken(heard.elapsed(), start.elapsed()) {
            group.stop();
            // Also what a command has left behind that has itself ended.
            group.kill();
            let line = String::from_utf8_lossy(line);
            return Err(anyhow!("{what} {broken}; {}", last_words(line.trim())));
        }
    }
}

impl Limits {
    /// The limit that is hit, in words.
    fn broken(&self, silence: Duration, total: Duration) -> Option<String> {
        let seconds = |limit: Duration| limit.as_secs();
        if silence > self.silence {
            let limit = seconds(self.silence);
            return Some(format!("hangs: it has said nothing for {limit} s"));
        }
        let limit = seconds(self.total);
        (total > self.total).then(|| format!("took longer than {limit} s"))
    }
}

fn last_words(line: &str) -> String {
    match line {
        "" => "it never said anything.".to_owned(),
        line => format!("its last line was: {line}"),
    }
}

type Lines = Receiver<(Stream, Vec<u8>)>;

/// Starts `command`, and threads that hear what it says. They end with it, or are left to what
/// holds its output.
fn spawn(command: &mut Command) -> Result<(ProcessGroup, Lines)> {
    let (output, output_end) = io::pipe()?;
    let (error, error_end) = io::pipe()?;
    command.stdout(output_end).stderr(error_end);
    let group = ProcessGroup::spawn(command)
        .with_context(|| format!("could not run {}", command.get_program().display()));
    // Closes this program's own ends of the pipes.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let (heard, lines) = sync_channel(WAITING_LINES);
    for (stream, pipe) in [(Stream::Output, output), (Stream::Error, error)] {
        let heard = heard.clone();
        thread::spawn(move || pass_on(stream, pipe, &heard));
    }
    Ok((group?, lines))
}

/// Passes on every line, to its end or until nobody listens.
fn pass_on(stream: Stream, pipe: PipeReader, heard: &SyncSender<(Stream, Vec<u8>)>) {
    let mut pipe = BufReader::new(pipe);
    loop {
        let mut line = Vec::new();
        let read = pipe.read_until(b'\n', &mut line);
        if !read.is_ok_and(|length| length > 0) || heard.send((stream, line)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
