//! The service while it runs.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use azat_testbed::ProcessGroup;

use super::memory;
use super::operator::Operator;

/// How long the service may take to be ready.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// What it says when it is ready.
const READY: &str = "listening on http://";

/// `azat serve`. It is told to stop when this is dropped.
pub(super) struct Serving {
    group: ProcessGroup,
    pub(super) address: SocketAddr,
    pub(super) base_url: String,
    /// How long it took to be ready.
    pub(super) ready_after: Duration,
}

impl Serving {
    /// Starts it, and waits until it is ready. Its log is `serve.log` in the operator's directory.
    ///
    /// # Errors
    /// When it ends, or is not ready in time.
    pub(super) fn start(operator: &Operator) -> Result<Self> {
        let (output, input) = io::pipe()?;
        let mut serve = operator.serve();
        serve
            .stdout(input)
            .stderr(File::create(operator.file("serve.log"))?);
        let start = Instant::now();
        let group = ProcessGroup::spawn(&mut serve).context("could not run azat serve")?;
        // Closes this program's own end of the pipe.
        serve.stdout(Stdio::null());
        let (heard, line) = channel();
        thread::spawn(move || {
            let mut line = String::new();
            let read = BufReader::new(output).read_line(&mut line);
            // Nobody waits any more when it is too late.
            let _ = heard.send(read.map(|_| line));
        });
        let line = line.recv_timeout(PATIENCE);
        let line = line.context("azat serve is not ready in time")??;
        let ready_after = start.elapsed();
        ensure!(line.starts_with(READY), "azat serve did not start");
        let base_url = operator.base_url().to_owned();
        Ok(Self {
            group,
            address: base_url.trim_start_matches("http://").parse()?,
            base_url,
            ready_after,
        })
    }

    /// The most memory that it has used so far, in bytes.
    pub(super) fn peak_memory(&self) -> Result<u64> {
        memory::peak(self.group.id())
    }

    /// Kills it as a power cut would.
    pub(super) fn kill(mut self) {
        self.group.kill();
    }
}
