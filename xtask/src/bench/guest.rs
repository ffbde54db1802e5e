//! Programs of the bench that answer requests, each on a Viceroy like the edge's.

use std::fs::File;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use azat_testbed::{ProcessGroup, free_address};

use crate::interrupt;

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
        let address = free_address()?;
        let log = File::create(directory.join(format!("{name}.log")))?;
        let mut command = Command::new(viceroy);
        command
            .arg("serve")
            .arg("-C")
            .arg(&manifest)
            .args(["--addr", &address.to_string()])
            .arg(wasm)
            .env_remove("RUST_LOG")
            .stdout(log.try_clone()?)
            .stderr(log);
        let mut process = ProcessGroup::spawn(&mut command).context("could not run Viceroy")?;
        interrupt::poll(|| {
            if let Some(status) = process.try_wait()? {
                bail!("Viceroy with {name} ended ({status})");
            }
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
