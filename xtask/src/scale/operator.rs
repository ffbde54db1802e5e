//! The operator: `azat`, one command after the other, each measured.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use azat_testbed::{ProcessGroup, free_address};
use tempfile::TempDir;

use super::memory;
use crate::{building, interrupt, running};

/// How long a command may take.
const PATIENCE: Duration = Duration::from_secs(30 * 60);

/// `azat`, and a directory with its store and the edge's secret.
pub(super) struct Operator {
    program: PathBuf,
    directory: TempDir,
    base_url: String,
}

/// A command that has succeeded.
pub(super) struct Ran {
    /// As in `azat files import`.
    pub(super) what: String,
    pub(super) time: Duration,
    /// The most memory that it used, as far as it was seen: it is looked at every 20 ms.
    pub(super) peak_memory: u64,
    /// The size of the store after it.
    pub(super) store: u64,
    pub(super) said: String,
}

impl Operator {
    /// With an empty directory beside what is built, which goes when this does: some gigabytes may
    /// be too much for the system's own place.
    pub(super) fn new(program: PathBuf) -> Result<Self> {
        let directory = tempfile::Builder::new()
            .prefix("scale-")
            .tempdir_in(building::target_directory()?)?;
        let operator = Self {
            program,
            directory,
            base_url: format!("http://{}", free_address()?),
        };
        fs::write(operator.secret_file(), operator.edge_secret())?;
        Ok(operator)
    }

    /// The path of a file in the directory.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The secret that the edge signs its calls with. It guards nothing here.
    pub(super) fn edge_secret(&self) -> &'static [u8] {
        &[b'7'; 32]
    }

    /// Where the service is.
    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The command that serves.
    pub(super) fn serve(&self) -> Command {
        let mut serve = self.command(&["serve"]);
        let address = self.base_url.trim_start_matches("http://");
        serve
            .args(["--base-url", &self.base_url, "--listen", address])
            .arg("--edge-secret-file")
            .arg(self.secret_file());
        serve
    }

    /// Runs a command on the store, as in `["users", "import", "users.jsonl"]`.
    ///
    /// # Errors
    /// When it fails or takes too long: with what it said.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<Ran> {
        let is_name = |word: &&&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let names = arguments.iter().take_while(is_name);
        let what = names.fold("azat".to_owned(), |what, name| what + " " + name);
        eprintln!("{what} …");
        let said = self.file("said");
        let output = File::create(&said)?;
        let mut command = self.command(arguments);
        command.stdout(output.try_clone()?).stderr(output);

        let start = Instant::now();
        let mut group = ProcessGroup::spawn(&mut command).context("could not run azat")?;
        let mut peak_memory = 0;
        let status = interrupt::poll(|| {
            // A command that has ended uses no memory any more.
            peak_memory = memory::peak(group.id()).unwrap_or(peak_memory);
            if start.elapsed() > PATIENCE {
                bail!("{what} took longer than {} s.", PATIENCE.as_secs());
            }
            Ok(group.try_wait()?)
        })?;
        let time = start.elapsed();
        let said = fs::read_to_string(said)?;
        running::succeeded(&what, status).with_context(|| format!("{what} said:\n{said}"))?;
        Ok(Ran {
            what,
            time,
            peak_memory,
            store: fs::metadata(self.store())?.len(),
            said,
        })
    }

    /// An AZAT of that subject.
    pub(super) fn mint(&self, subject: &str) -> Result<String> {
        let arguments = ["mint", "--issuer", &self.base_url, "--subject", subject];
        Ok(self.run(&arguments)?.said.trim().to_owned())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).arg("--store").arg(self.store());
        command
    }

    fn store(&self) -> PathBuf {
        self.file("store.redb")
    }

    fn secret_file(&self) -> PathBuf {
        self.file("edge-secret")
    }
}
