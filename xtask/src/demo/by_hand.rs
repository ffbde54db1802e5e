//! Three commands for the reader to try.

use std::fmt;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use azat_testbed::{Stack, Token};

use crate::running;

/// How long a command may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The commands, which use a token in a file that only its owner may read.
pub(crate) struct ByHand([Try; 3]);

struct Try {
    what: &'static str,
    command: String,
    status: u16,
}

impl ByHand {
    /// Puts the token where curl can read it.
    pub(crate) fn prepare(stack: &Stack, token: &Token) -> Result<Self> {
        let config = stack.directory().join("azat.curl");
        write_private(&config, &format!("header = \"{}\"\n", token.header()))
            .with_context(|| format!("could not write {}", config.display()))?;
        let library = stack.library();
        let url = |path: String| format!("'{}{path}'", stack.edge_url());
        let yours = url(library
            .ordinary()
            .context("the library has no ordinary file")?
            .path());
        let not_yours = url(library
            .closed()
            .first()
            .context("the library has no closed file")?
            .path());
        let with_token = format!("--config {}", config.display());
        Ok(Self([
            Try {
                what: "A file of yours:",
                command: format!("curl --head {with_token} {yours}"),
                status: 200,
            },
            Try {
                what: "The same without a token:",
                command: format!("curl --include {yours}"),
                status: 401,
            },
            Try {
                what: "A file that is not yours:",
                command: format!("curl --include {with_token} {not_yours}"),
                status: 404,
            },
        ]))
    }

    /// Runs the commands: one sentence for each that does not answer as it should.
    pub(crate) fn differences(&self) -> Result<Vec<String>> {
        let mut differences = Vec::new();
        for Try {
            what,
            command,
            status,
        } in &self.0
        {
            let mut bash = Command::new("bash");
            let said = running::output(what, bash.args(["-c", command]), PATIENCE)?;
            let answer = String::from_utf8_lossy(&said.stdout);
            let answered = answer.split_whitespace().nth(1) == Some(&status.to_string());
            if !said.status.success() || !answered {
                differences.push(format!("the command of {what:?} did not answer {status}"));
            }
        }
        Ok(differences)
    }
}

impl fmt::Display for ByHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Try by hand:")?;
        self.0
            .iter()
            .try_for_each(|Try { what, command, .. }| writeln!(f, "\n  {what}\n  {command}"))
    }
}

fn write_private(path: &Path, content: &str) -> std::io::Result<()> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?
        .write_all(content.as_bytes())
}
