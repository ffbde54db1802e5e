//! Running commands so that none is left behind.

use std::process::{Command, ExitStatus};

use anyhow::{Context, Result, bail};
use azat_testbed::{ProcessGroup, workspace};

use crate::interrupt;

/// Runs `command` to its end, or ends it when there is a signal.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus> {
    let mut group = ProcessGroup::spawn(command)
        .with_context(|| format!("could not run {}", command.get_program().display()))?;
    interrupt::poll(|| Ok(group.try_wait()?))
}

/// Runs `command`, whose output is shown, and fails if it does; `what` names it in the message.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    let status = status(command)?;
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
