//! Building the fuzz targets.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use azat_testbed::workspace;

use super::job::{Job, Limit};
use crate::building::{self, target_directory};
use crate::running::{cargo, output, run};
use crate::tools::{self, EDGE_TARGET, runs};

/// How long the compiler may take to tell what it is.
const PATIENCE: Duration = Duration::from_secs(60);

/// The target `rs256` in Viceroy, with SIMD and without libFuzzer.
pub(super) const SIMD: &str = "simd";

/// What `cargo fuzz` gives: the coverage that libFuzzer steers by.
const FLAGS: &str = "--cfg fuzzing \
    -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// The targets as programs.
pub(super) struct Binaries {
    /// All that belongs to fuzzing, below cargo's own folder.
    root: PathBuf,
    folder: PathBuf,
    /// What runs WebAssembly, where that has been asked for.
    viceroy: Option<PathBuf>,
}

impl Binaries {
    /// Builds every target.
    pub(super) fn build() -> Result<Self> {
        check_compiler()?;
        let host = host()?;
        let root = target_directory()?.join("fuzz");
        let mut build = cargo(&[
            "build",
            "--release",
            "--locked",
            "--manifest-path",
            "fuzz/Cargo.toml",
        ]);
        // With a target named, build scripts and macros are spared the flags.
        build
            .args(["--target", &host])
            .arg("--target-dir")
            .arg(&root);
        build
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env("RUSTFLAGS", FLAGS);
        run("building the fuzz targets", &mut build)?;
        let folder = root.join(host).join("release");
        Ok(Self {
            root,
            folder,
            viceroy: None,
        })
    }

    /// Builds what runs the kernel's SIMD path as well.
    pub(super) fn add_simd(&mut self) -> Result<()> {
        self.viceroy = Some(tools::prepare()?);
        let mut build = cargo(&[
            "build",
            "--release",
            "--locked",
            "--manifest-path",
            "fuzz/Cargo.toml",
        ]);
        build.args([
            "--bin",
            "rs256_in_wasm",
            "--features",
            "in_wasm",
            "--target",
            EDGE_TARGET,
        ]);
        build.arg("--target-dir").arg(&self.root);
        run("building the SIMD path", &mut building::with_simd(build))
    }

    fn program(&self, target: &str) -> Vec<OsString> {
        let Some(viceroy) = self.viceroy.as_ref().filter(|_| target == SIMD) else {
            return vec![self.folder.join(target).into()];
        };
        let program = self
            .root
            .join(EDGE_TARGET)
            .join("release/rs256_in_wasm.wasm");
        let manifest = workspace().join("fastly.toml");
        vec![
            viceroy.into(),
            "run".into(),
            "-C".into(),
            manifest.into(),
            program.into(),
            "--".into(),
        ]
    }

    /// An empty folder.
    pub(super) fn scratch(&self) -> Result<PathBuf> {
        let folder = self.root.join("smoke");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// A run of a target, whose corpus and findings lie in `folder` as `cargo fuzz` has them.
    pub(super) fn job(&self, target: &'static str, folder: &Path, limit: Limit) -> Job {
        Job {
            target,
            program: self.program(target),
            corpus: folder.join("corpus").join(target),
            artifacts: folder.join("artifacts").join(target),
            dictionary: workspace().join("fuzz/jose.dict"),
            log: self.root.join("logs").join(format!("{target}.log")),
            limit,
        }
    }
}

/// Checks that there is a C++ compiler: libFuzzer is built from source.
///
/// # Errors
/// A sentence that says what is missing and how to get it.
pub(crate) fn check_compiler() -> Result<()> {
    let compiler = std::env::var("CXX").unwrap_or_else(|_| "c++".to_owned());
    if !runs(&compiler) {
        bail!(
            "{compiler} is missing: libFuzzer is in C++. Install a C++ compiler (g++ or clang++) with your \
             system's package manager, or name one in CXX."
        );
    }
    Ok(())
}

/// The platform that this is, as in `x86_64-unknown-linux-gnu`.
fn host() -> Result<String> {
    let mut rustc = Command::new("rustc");
    rustc.arg("-vV").current_dir(workspace());
    let said = output("rustc", &mut rustc, PATIENCE)?;
    let said = String::from_utf8_lossy(&said.stdout);
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host
        .context("rustc does not say what it is built for")?
        .to_owned())
}
