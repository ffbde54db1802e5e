//! Running commands so that none is left behind, and none is waited for without end.

mod listening;

use std::process::{Command, ExitStatus, Output};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use azat_testbed::{ProcessGroup, workspace};

pub(crate) use self::listening::{Limits, Stream, listen};
use crate::interrupt;

/// How long something may take that is built or installed: on a slow machine too.
const BUILDING: Duration = Duration::from_secs(60 * 60);

/// Waits for the end of `group`, whose command `what` names. Ends it when there is a signal, or
/// when it takes longer than `patience`.
///
/// # Errors
/// When it is ended.
pub(crate) fn wait(what: &str, group: &mut ProcessGroup, patience: Duration) -> Result<ExitStatus> {
    let deadline = Instant::now() + patience;
    let ended = interrupt::poll(|| match group.try_wait()? {
        None if Instant::now() > deadline => {
            bail!("{what} took longer than {} s.", patience.as_secs())
        }
        status => Ok(status),
    });
    if ended.is_err() {
        group.stop();
    }
    ended
}

/// Runs `command` to its end, or ends it when there is a signal, or when it takes longer than
/// `patience`; `what` names it in the message.
pub(crate) fn status(what: &str, command: &mut Command, patience: Duration) -> Result<ExitStatus> {
    let mut group = ProcessGroup::spawn(command)
        .with_context(|| format!("could not run {}", command.get_program().display()))?;
    wait(what, &mut group, patience)
}

/// Runs `command`, which builds or installs something and whose output is shown, and fails if it
/// does; `what` names it in the message.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    succeeded(what, status(what, command, BUILDING)?)
}

/// Runs `command` to its end within `patience`, and yields what it said; `what` names it in the
/// message.
pub(crate) fn output(what: &str, command: &mut Command, patience: Duration) -> Result<Output> {
    let limits = Limits {
        silence: patience,
        total: patience,
    };
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let status = listen(what, command, limits, |stream, line| match stream {
        Stream::Output => stdout.extend_from_slice(line),
        Stream::Error => stderr.extend_from_slice(line),
    })?;
    Ok(Output {
        status,
        stdout,
        stderr,
    })
}

/// Fails if a command, which `what` names, has failed, or was ended by a signal to this program
/// too.
pub(crate) fn succeeded(what: &str, status: ExitStatus) -> Result<()> {
    // A signal often ends the command before this program hears of it.
    interrupt::check()?;
    if !status.success() {
        bail!("{what} failed ({status}).");
    }
    Ok(())
}

/// Cargo, in the workspace: the one that runs this program.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).current_dir(workspace());
    cargo
}

#[cfg(test)]
mod tests;
