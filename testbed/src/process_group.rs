//! Processes that end with this one, and take along what they started.

mod watchdog;

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use self::watchdog::Watchdog;

const GRACE: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(10);

/// A command and all that it starts. None of them outlives this value: it ends the group with TERM,
/// then KILL, when it is dropped; a watchdog does so when this program itself is killed.
pub struct ProcessGroup {
    child: Child,
    ended: Option<ExitStatus>,
    _watchdog: Watchdog,
}

impl ProcessGroup {
    /// Starts `command` in a process group of its own, with no standard input.
    pub fn spawn(command: &mut Command) -> io::Result<Self> {
        let mut child = command.stdin(Stdio::null()).process_group(0).spawn()?;
        match Watchdog::over(child.id()) {
            Ok(watchdog) => Ok(Self {
                child,
                ended: None,
                _watchdog: watchdog,
            }),
            Err(error) => {
                child.kill()?;
                child.wait()?;
                Err(error)
            }
        }
    }

    /// The process id of the command.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The exit status, if the command has ended.
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        if self.ended.is_none() {
            self.ended = self.child.try_wait()?;
        }
        Ok(self.ended)
    }

    /// Ends the whole group: TERM, and KILL for what is left after five seconds.
    pub fn stop(&mut self) {
        if self.ended.is_some() {
            return;
        }
        self.signal(Signal::TERM);
        // One that is held hears nothing before it goes on.
        self.signal(Signal::CONT);
        let deadline = Instant::now() + GRACE;
        while matches!(self.try_wait(), Ok(None)) && Instant::now() < deadline {
            std::thread::sleep(POLL);
        }
        self.kill();
    }

    /// Ends the whole group at once, with KILL.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        if self.ended.is_none() {
            self.ended = self.child.wait().ok();
        }
    }

    /// Holds the whole group: its connections stay open, and nothing answers.
    pub fn hold(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets the group go on.
    pub fn go_on(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        // Fails only when nothing of the group is left.
        let _ = kill_process_group(Pid::from_child(&self.child), signal);
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests;
