//! A process of the stack: started with its logs, waited for, ended.

use std::fs::{File, OpenOptions};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::process_group::ProcessGroup;

const DEADLINE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(10);
const TAIL_LINES: usize = 20;

/// A server of the stack: a process group that writes its output to two log files.
pub(crate) struct Process {
    name: &'static str,
    group: ProcessGroup,
    logs: [PathBuf; 2],
}

impl Process {
    /// Starts `command`; its output is added to `<logs>/<name>.stdout` and `<logs>/<name>.stderr`.
    pub(crate) fn spawn(name: &'static str, command: &mut Command, logs: &Path) -> Result<Self> {
        let [stdout, stderr] =
            ["stdout", "stderr"].map(|stream| logs.join(format!("{name}.{stream}")));
        command.stdout(append(&stdout)?).stderr(append(&stderr)?);
        // A developer's own setting must not make a server say more than it does elsewhere.
        command.env_remove("RUST_LOG");
        let group = ProcessGroup::spawn(command).map_err(Error::io(format!("start {name}")))?;
        Ok(Self {
            name,
            group,
            logs: [stdout, stderr],
        })
    }

    /// Waits until something accepts connections at `address`.
    ///
    /// # Errors
    /// [`Error::NotReady`], with the end of the log, if the process ends before that, or takes a
    /// minute.
    pub(crate) fn wait_until_it_accepts(&mut self, address: SocketAddr) -> Result<()> {
        let deadline = Instant::now() + DEADLINE;
        while TcpStream::connect(address).is_err() {
            if let Some(status) = self
                .group
                .try_wait()
                .map_err(Error::io(format!("wait for {}", self.name)))?
            {
                return Err(self.not_ready(address, format!("ended ({status})")));
            }
            if Instant::now() > deadline {
                return Err(self.not_ready(address, "took too long".to_owned()));
            }
            std::thread::sleep(POLL);
        }
        Ok(())
    }

    /// The process id.
    pub(crate) fn id(&self) -> u32 {
        self.group.id()
    }

    /// Ends the process at once, with KILL.
    pub(crate) fn kill(&mut self) {
        self.group.kill();
    }

    /// Holds the process: it accepts connections, and answers nothing.
    pub(crate) fn hold(&self) {
        self.group.hold();
    }

    /// Lets it go on.
    pub(crate) fn go_on(&self) {
        self.group.go_on();
    }

    fn not_ready(&self, address: SocketAddr, problem: String) -> Error {
        Error::NotReady {
            program: self.name.to_owned(),
            problem,
            condition: format!("it accepts connections at {address}"),
            log_tail: self
                .logs
                .iter()
                .map(|log| tail(log))
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }
}

fn append(log: &Path) -> Result<File> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .map_err(Error::io(format!("open {}", log.display())))
}

/// The last lines of a log, or nothing.
fn tail(log: &Path) -> String {
    let bytes = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
}

#[cfg(test)]
mod tests;
