//! What an operator does: runs the command `azat` on a store.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::write;
use crate::error::{Error, Result};
use crate::program;

/// The operator's command `azat` on one store.
pub(crate) struct Operator {
    pub(crate) program: PathBuf,
    pub(crate) store: PathBuf,
}

impl Operator {
    /// The same command on a copy of the store. A store is open in one process at a time, so this
    /// is how to mint while the origin serves; the copy signs with the same key, but the origin
    /// does not know what it has counted.
    pub(crate) fn copied_to(&self, store: PathBuf) -> Result<Self> {
        std::fs::copy(&self.store, &store).map_err(Error::io("copy the store"))?;
        Ok(Self {
            program: self.program.clone(),
            store,
        })
    }

    /// Makes a signing key.
    pub(crate) fn create_key(&self) -> Result<()> {
        self.run("keys", "create", &[]).map(drop)
    }

    /// The public keys as the edge's Config Store item `keys`.
    pub(crate) fn publish_keys(&self) -> Result<String> {
        self.run(
            "keys",
            "publish",
            &[OsStr::new("--profile"), OsStr::new("azat")],
        )
    }

    /// Imports `records` (JSON lines) of `kind`: "users" or "files". They are kept in `file`.
    /// Yields what the command printed.
    pub(crate) fn import(&self, kind: &str, file: &Path, records: &str) -> Result<String> {
        write(file, records)?;
        self.run(kind, "import", &[file.as_os_str()])
    }

    /// Stores a curl manifest of one source, and returns its URL.
    pub(crate) fn create_manifest(
        &self,
        base_url: &str,
        catalog: &str,
        source: &str,
    ) -> Result<String> {
        let options = [
            "--base-url",
            base_url,
            "--catalog",
            catalog,
            "--source",
            source,
        ];
        self.run("manifest", "create", &options.map(OsStr::new))
    }

    /// Mints an AZAT for `subject`.
    pub(crate) fn mint(&self, issuer: &str, subject: &str) -> Result<String> {
        let mut command = self.command("mint");
        command.args(["--issuer", issuer, "--subject", subject]);
        output("azat mint", command)
    }

    /// The command that serves on `listen`, with an identity provider if its settings are given.
    pub(crate) fn serve(
        &self,
        base_url: &str,
        secret: &Path,
        identity_provider: Option<&Path>,
        listen: &str,
    ) -> Command {
        let mut command = self.command("serve");
        command
            .args(["--base-url", base_url, "--listen", listen])
            .arg("--edge-secret-file")
            .arg(secret);
        if let Some(settings) = identity_provider {
            command.arg("--identity-provider").arg(settings);
        }
        command
    }

    fn run(&self, noun: &str, verb: &str, options: &[&OsStr]) -> Result<String> {
        let mut command = Command::new(&self.program);
        command
            .args([noun, verb, "--store"])
            .arg(&self.store)
            .args(options);
        output(&format!("azat {noun} {verb}"), command)
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.args([verb, "--store"]).arg(&self.store);
        command
    }
}

/// Standard output, trimmed.
fn output(name: &str, mut command: Command) -> Result<String> {
    let output = program::output(&mut command).map_err(Error::io(format!("run {name}")))?;
    if !output.status.success() {
        return Err(Error::Failed {
            program: name.to_owned(),
            status: output.status,
            stderr: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        });
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
