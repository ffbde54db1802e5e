//! The bench's own programs: built as the edge is, each in a workspace apart from it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use azat_testbed::workspace;

use crate::building;
use crate::running::{cargo, output, run};
use crate::tools::EDGE_TARGET;

/// How long a program may take to tell its version.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where the programs are built: below the project's target directory.
pub(crate) struct Programs {
    directory: PathBuf,
}

impl Programs {
    /// Below `target`, the project's target directory.
    pub(crate) fn below(target: &Path) -> Self {
        Self {
            directory: target.join("bench"),
        }
    }

    /// Builds a package of `bench/`; yields where the program is.
    ///
    /// # Errors
    /// When it cannot be built.
    pub(crate) fn build(&self, package: &str) -> Result<PathBuf> {
        self.build_as(package, package, |build| build)
    }

    /// Builds a package of `bench/` with SIMD; yields where the program is.
    ///
    /// # Errors
    /// When it cannot be built.
    pub(crate) fn build_with_simd(&self, package: &str) -> Result<PathBuf> {
        self.build_as(&format!("{package}-simd"), package, building::with_simd)
    }

    /// A directory for what is built otherwise.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// What is built is kept under `name`: cargo overwrites it when it builds with other flags.
    fn build_as(
        &self,
        name: &str,
        package: &str,
        prepare: fn(Command) -> Command,
    ) -> Result<PathBuf> {
        let target = self.directory.join("target");
        let mut build = cargo(&["build", "--release", "--locked", "--package", package]);
        build
            .args(["--target", EDGE_TARGET])
            .arg("--manifest-path")
            .arg(workspace().join("bench/Cargo.toml"))
            .arg("--target-dir")
            .arg(&target);
        run(&format!("building {package}"), &mut prepare(build))?;
        let built = target.join(EDGE_TARGET).join("release").join(package);
        let kept = self.directory.join(name).with_extension("wasm");
        std::fs::copy(built.with_extension("wasm"), &kept)
            .with_context(|| format!("could not keep {}", kept.display()))?;
        Ok(kept)
    }
}

/// The version of a package that the programs are built with; several, in order, where there are
/// several.
///
/// # Errors
/// When `bench/Cargo.lock` cannot be read or does not name it.
pub(crate) fn version(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(workspace().join("bench/Cargo.lock"))?;
    let head = format!("name = \"{package}\"\nversion = \"");
    let versions: Vec<_> = lock
        .split(&head)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    if versions.is_empty() {
        bail!("bench/Cargo.lock does not name {package}");
    }
    Ok(versions.join(" and "))
}

/// What a program says when it is asked for its version, in one line.
///
/// # Errors
/// When it cannot be run, or fails.
pub(crate) fn said(program: &str, argument: &str) -> Result<String> {
    let mut command = Command::new(program);
    command.arg(argument).current_dir(workspace());
    let said = output(program, &mut command, PATIENCE)?;
    if !said.status.success() {
        bail!("{program} {argument} failed ({})", said.status);
    }
    let text = String::from_utf8_lossy(&said.stdout);
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}

#[cfg(test)]
mod tests;
