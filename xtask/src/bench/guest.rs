//! Programs of the bench that answer requests, each on a Viceroy like the edge's.

use std::fs::File;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use azat_testbed::{ProcessGroup, free_address};

use crate::interrupt;

/// The variable that says what Viceroy logs.
const FILTER: &str = "RUST_LOG";

/// How long a Viceroy may take to start: it compiles the program first.
const PATIENCE: Duration = Duration::from_secs(180);

/// A Viceroy with a program of the bench.
pub(crate) struct Guest {
    process: ProcessGroup,
    address: SocketAddr,
}

impl Guest {
    /// Starts `wasm` with that part of a manifest, and waits until it accepts connections. Manifest
    /// and log are in `directory`.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) fn start(
        viceroy: &Path,
        wasm: &Path,
        name: &str,
        local_server: &str,
        directory: &Path,
    ) -> Result<Self> {
        let manifest = directory.join(format!("{name}.toml"));
        let head = format!("manifest_version = 3\nname = \"{name}\"\nlanguage = \"rust\"\n\n");
        std::fs::write(&manifest, head + local_server)?;
        let mut serve = serve(viceroy, wasm, &manifest);
        Self::run(serve.env_remove(FILTER), &directory.join(name))
    }

    /// Starts `wasm` with a whole manifest; what Viceroy traces of the crates that `filter` names
    /// goes to `<trace>.log`.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) fn start_traced(
        viceroy: &Path,
        wasm: &Path,
        manifest: &Path,
        filter: &str,
        trace: &Path,
    ) -> Result<Self> {
        let mut serve = serve(viceroy, wasm, manifest);
        Self::run(serve.env(FILTER, filter), trace)
    }

    fn run(serve: &mut Command, name: &Path) -> Result<Self> {
        let address = free_address()?;
        let log = File::create(name.with_extension("log"))?;
        serve
            .args(["--addr", &address.to_string()])
            .stdout(log.try_clone()?)
            .stderr(log);
        let mut process = ProcessGroup::spawn(serve).context("could not run Viceroy")?;
        let deadline = Instant::now() + PATIENCE;
        interrupt::poll(|| {
            if let Some(status) = process.try_wait()? {
                bail!("Viceroy with {} ended ({status})", name.display());
            }
            ensure!(
                Instant::now() < deadline,
                "Viceroy with {} does not start",
                name.display()
            );
            Ok(TcpStream::connect(address).ok())
        })?;
        Ok(Self { process, address })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The process id of its Viceroy.
    pub(crate) fn process(&self) -> u32 {
        self.process.id()
    }
}

/// The command that serves `wasm`; where is left to say.
fn serve(viceroy: &Path, wasm: &Path, manifest: &Path) -> Command {
    let mut serve = Command::new(viceroy);
    serve.arg("serve").arg("-C").arg(manifest).arg(wasm);
    serve
}
