//! Where the programs that a stack runs are.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};
use crate::program::output;

/// The version of the local Compute runtime that everything is tested with.
pub const VICEROY_VERSION: &str = "0.22.0";

const REMEDY: &str = "run `cargo xtask test`, which builds everything";

/// The built programs that a stack runs.
#[derive(Clone, Debug)]
pub struct Artefacts {
    /// The edge, for wasm32-wasip1.
    pub edge_wasm: PathBuf,
    /// The origin service and operator's command.
    pub azat: PathBuf,
    /// The local Compute runtime.
    pub viceroy: PathBuf,
}

impl Artefacts {
    /// Finds what was built: where `AZAT_EDGE_WASM`, `AZAT_BIN` and `AZAT_VICEROY` say, or in
    /// cargo's usual places.
    ///
    /// # Errors
    /// [`Error::Missing`], which says what to run.
    pub fn find() -> Result<Self> {
        let built = target_directory();
        let edge_wasm = named_or(
            "AZAT_EDGE_WASM",
            built.join("wasm32-wasip1/release/azat-edge.wasm"),
        );
        let azat = named_or("AZAT_BIN", built.join("debug/azat"));
        let viceroy = match std::env::var_os("AZAT_VICEROY") {
            Some(path) => path.into(),
            None => find_viceroy().unwrap_or_else(own_viceroy),
        };
        Ok(Self {
            edge_wasm: present("the edge program", edge_wasm)?,
            azat: present("the program azat", azat)?,
            viceroy: present("Viceroy", viceroy)?,
        })
    }
}

/// Viceroy of exactly [`VICEROY_VERSION`]: the one on the PATH, or else the project's own.
pub fn find_viceroy() -> Option<PathBuf> {
    [PathBuf::from("viceroy"), own_viceroy()]
        .into_iter()
        .find(|program| is_viceroy(program))
}

/// The project's own Viceroy, whether it is installed or not.
pub fn own_viceroy() -> PathBuf {
    own_viceroy_root().join("bin/viceroy")
}

/// Where the project installs its own Viceroy (cargo's `--root`), so that it never replaces the
/// user's.
pub fn own_viceroy_root() -> PathBuf {
    cargo_home().join(format!("azat-edge/viceroy-{VICEROY_VERSION}"))
}

/// `$CARGO_HOME`, or its default `~/.cargo`.
fn cargo_home() -> PathBuf {
    match std::env::var_os("CARGO_HOME") {
        Some(path) => path.into(),
        None => std::env::home_dir().unwrap_or_default().join(".cargo"),
    }
}

/// The root of the workspace, where the sources were when this was compiled.
pub fn workspace() -> &'static Path {
    let testbed = Path::new(env!("CARGO_MANIFEST_DIR"));
    testbed.parent().unwrap_or(testbed)
}

fn is_viceroy(program: &Path) -> bool {
    output(Command::new(program).arg("--version")).is_ok_and(|said| {
        String::from_utf8_lossy(&said.stdout).trim() == format!("viceroy {VICEROY_VERSION}")
    })
}

fn target_directory() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        // Cargo takes a relative one from its own working directory, which is the workspace's root.
        Some(path) => workspace().join(path),
        None => workspace().join("target"),
    }
}

fn named_or(variable: &str, default: PathBuf) -> PathBuf {
    std::env::var_os(variable).map_or(default, PathBuf::from)
}

/// A program on the PATH has one component, and has been run already.
fn present(what: &str, path: PathBuf) -> Result<PathBuf> {
    if path.components().count() == 1 || path.is_file() {
        return Ok(path);
    }
    Err(Error::Missing {
        what: what.to_owned(),
        looked_at: path.display().to_string(),
        remedy: REMEDY.to_owned(),
    })
}

#[cfg(test)]
mod tests;
