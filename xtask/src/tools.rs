//! What must be installed: checked, and installed where that is possible.

use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use azat_testbed::{VICEROY_VERSION, find_viceroy, own_viceroy, own_viceroy_root, workspace};

use crate::running::{cargo, output, run};

/// How long a program may take to tell its version.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a download of Rust's may take.
const DOWNLOAD: Duration = Duration::from_secs(600);

/// The target of the edge.
pub(crate) const EDGE_TARGET: &str = "wasm32-wasip1";

/// Checks or installs everything that the demo and the tests need, and returns where Viceroy is.
///
/// # Errors
/// A sentence that says what is missing and how to get it.
pub(crate) fn prepare() -> Result<PathBuf> {
    check_curl()?;
    check("bash", "it runs the command line that users are given")?;
    check("git", "cargo and this project use it")?;
    add_edge_target()?;
    viceroy()
}

/// Checks that there is curl, which the testbed's own tests use too.
///
/// # Errors
/// A sentence that says how to get it.
pub(crate) fn check_curl() -> Result<()> {
    check("curl", "it is the client")
}

/// Checks that there is wget, the other client of the black-box tests.
///
/// # Errors
/// A sentence that says how to get it.
pub(crate) fn check_wget() -> Result<()> {
    check("wget", "the tests resume downloads with it too")
}

fn check(program: &str, purpose: &str) -> Result<()> {
    if !runs(program) {
        bail!("{program} is missing: {purpose}. Install it with your system's package manager.");
    }
    Ok(())
}

/// Installs rustfmt and clippy if they are missing.
pub(crate) fn add_components() -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !succeeds(cargo(&[subcommand, "--version"])) {
            let what = format!("rustup component add {component}");
            run(&what, &mut rustup(&["component", "add", component]))
                .with_context(|| format!("{component} is missing and could not be installed"))?;
        }
    }
    Ok(())
}

fn add_edge_target() -> Result<()> {
    if runs("rustup") {
        // Quick when the target is there; nobody needs what it prints then.
        let mut add = rustup(&["target", "add", EDGE_TARGET]);
        let said = output("rustup target add", &mut add, DOWNLOAD)?;
        if !said.status.success() {
            bail!(
                "`rustup target add {EDGE_TARGET}` failed: {}",
                error_text(&said)
            );
        }
    } else if has_edge_target() {
        println!("There is no rustup; the target {EDGE_TARGET} is there without it.");
    } else {
        bail!(
            "Rust's target {EDGE_TARGET} is missing. Install Rust with rustup, or the target with your package manager."
        );
    }
    Ok(())
}

fn has_edge_target() -> bool {
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--print", "target-libdir", "--target", EDGE_TARGET])
        .current_dir(workspace());
    let said = output("rustc", &mut rustc, PATIENCE);
    said.is_ok_and(|said| PathBuf::from(String::from_utf8_lossy(&said.stdout).trim()).is_dir())
}

fn viceroy() -> Result<PathBuf> {
    if let Some(found) = find_viceroy() {
        return Ok(found);
    }
    println!(
        "Viceroy {VICEROY_VERSION}, Fastly's local Compute runtime, is not there. It is built once, which takes \
         10 to 15 minutes, into {}; a Viceroy of another version that you may have stays as it is.",
        own_viceroy_root().display()
    );
    let mut install = cargo(&[
        "install",
        "viceroy",
        "--version",
        VICEROY_VERSION,
        "--locked",
        "--root",
    ]);
    install.arg(own_viceroy_root());
    run("cargo install", &mut install).with_context(|| {
        format!(
            "Viceroy {VICEROY_VERSION} could not be installed. It needs a C compiler, a linker and the package \
             registry; what went wrong is above. A `viceroy` {VICEROY_VERSION} on the PATH will do as well"
        )
    })?;
    Ok(own_viceroy())
}

/// Rustup, in the workspace, whose toolchain it then uses.
fn rustup(arguments: &[&str]) -> Command {
    let mut rustup = Command::new("rustup");
    rustup.args(arguments).current_dir(workspace());
    rustup
}

/// Whether there is such a program.
pub(crate) fn runs(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version");
    succeeds(command)
}

fn succeeds(mut command: Command) -> bool {
    let said = output("a program", &mut command, PATIENCE);
    said.is_ok_and(|said| said.status.success())
}

fn error_text(said: &Output) -> String {
    String::from_utf8_lossy(&said.stderr).trim().to_owned()
}
