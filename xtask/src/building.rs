//! What cargo builds, and where: the programs that the demo and the black-box tests run.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};
use azat_testbed::Artefacts;
use serde::Deserialize;

use crate::running::{cargo, output, run};
use crate::tools::EDGE_TARGET;

/// How long cargo may take to tell what is in the workspace.
const PATIENCE: Duration = Duration::from_secs(60);

/// Builds the edge and `azat`; cargo shows its progress.
pub(crate) fn artefacts(viceroy: PathBuf) -> Result<Artefacts> {
    run("building the edge", &mut edge())?;
    run("building azat", &mut azat())?;
    built(viceroy)
}

/// The command that builds the edge.
pub(crate) fn edge() -> Command {
    let options = ["--release", "--target", EDGE_TARGET, "--locked"];
    let mut build = cargo(&["build", "--package", "azat-edge", "--bin", "azat-edge"]);
    build.args(options);
    build
}

/// The command that builds `azat`.
pub(crate) fn azat() -> Command {
    cargo(&[
        "build",
        "--package",
        "azat-origin",
        "--bin",
        "azat",
        "--locked",
    ])
}

/// Builds `azat` as it is deployed; cargo shows its progress. Yields where it is.
pub(crate) fn released_azat() -> Result<PathBuf> {
    run("building azat", azat().arg("--release"))?;
    Ok(target_directory()?.join("release/azat"))
}

/// Builds for machines that have WebAssembly's SIMD instructions. This touches only what is built
/// for a `--target`: build scripts and macros are spared.
pub(crate) fn with_simd(mut command: Command) -> Command {
    command
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", "-Ctarget-feature=+simd128");
    command
}

/// Where the two are once they are built.
pub(crate) fn built(viceroy: PathBuf) -> Result<Artefacts> {
    let target = target_directory()?;
    Ok(Artefacts {
        edge_wasm: target.join(EDGE_TARGET).join("release/azat-edge.wasm"),
        azat: target.join("debug/azat"),
        viceroy,
    })
}

/// Where cargo builds. Asks cargo, which alone knows all the places where this can be set.
pub(crate) fn target_directory() -> Result<PathBuf> {
    Ok(metadata()?.target_directory)
}

/// The integration tests of the workspace, by name.
pub(crate) fn test_targets() -> Result<Vec<String>> {
    let packages = metadata()?.packages.into_iter();
    let targets = packages.flat_map(|package| package.targets);
    let tests = targets.filter(|target| target.kind == ["test"]);
    Ok(tests.map(|target| target.name).collect())
}

/// What `cargo metadata` says of the workspace.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

fn metadata() -> Result<Metadata> {
    let mut metadata = cargo(&["metadata", "--format-version", "1", "--no-deps"]);
    let said = output("cargo metadata", &mut metadata, PATIENCE)?;
    if !said.status.success() {
        bail!(
            "`cargo metadata` failed: {}",
            String::from_utf8_lossy(&said.stderr).trim()
        );
    }
    Ok(serde_json::from_slice(&said.stdout)?)
}
