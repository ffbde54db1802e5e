//! Tokens verified by whole programs on the same Viceroy: ours, and JavaScript ones.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use azat_testbed::workspace;
use bench_harness::{Input, Signed};

use crate::bench::contender::OUR_VERIFICATION;
use crate::bench::contest::{self, Contender, Requests};
use crate::bench::guest::Guest;
use crate::bench::load::Load;
use crate::bench::programs::said;
use crate::running::run as run_command;

/// The names of the JavaScript contenders, with their sources.
const JAVASCRIPT: [(&str, &str); 2] = [
    ("JavaScript, jose", "jose"),
    ("JavaScript, WebCrypto", "webcrypto"),
];

/// The oldest major version of node that the JavaScript compiler runs on.
const NODE: u32 = 20;

const TOKEN: &str = "RS256-2048";

/// The JavaScript programs, compiled in `directory`; it takes some 500 MB.
///
/// # Errors
/// When node or npm is missing, or something cannot be built.
pub(crate) fn build(directory: &Path) -> Result<Vec<(&'static str, PathBuf)>> {
    require_node()?;
    copy_sources(directory)?;
    let mut install = Command::new("npm");
    install
        .args([
            "install",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--silent",
        ])
        .current_dir(directory);
    run_command("npm install", &mut install)
        .context("the JavaScript programs need npm and its registry")?;
    let compiled = JAVASCRIPT.map(|(name, source)| {
        let wasm = directory.join(source).with_extension("wasm");
        let mut compile = Command::new("node_modules/.bin/js-compute-runtime");
        compile
            .arg(format!("src/{source}.js"))
            .arg(&wasm)
            .current_dir(directory);
        run_command("js-compute-runtime", &mut compile).map(|()| (name, wasm))
    });
    compiled.into_iter().collect()
}

/// Measures all of them in turn: each answers 200 to a good token, without any backend.
///
/// # Errors
/// When one of them does not answer as it must.
pub(crate) fn run(
    viceroy: &Path,
    ours: PathBuf,
    javascript: Vec<(&'static str, PathBuf)>,
    input: &Input,
    directory: &Path,
) -> Result<Vec<Requests>> {
    let signed = input.signed.get(TOKEN).context("no token")?;
    let store = format!(
        "[local_server.config_stores.bench]\nformat = \"inline-toml\"\n\
         contents = {{ issuer = '{}', jwk = '{}' }}\n",
        input.issuer, signed.jwk
    );
    let programs = std::iter::once((OUR_VERIFICATION, ours)).chain(javascript);
    let guests = programs
        .map(|(name, wasm)| Ok((name, Guest::start(viceroy, &wasm, name, &store, directory)?)))
        .collect::<Result<Vec<_>>>()?;
    for (name, guest) in &guests {
        let forged = load(guest, &forged(signed), 401);
        forged
            .once(&mut Vec::new())
            .with_context(|| format!("{name} does not refuse a forged token"))?;
    }
    let contenders: Vec<_> = guests
        .iter()
        .map(|(name, guest)| Contender::new(name, load(guest, &signed.token, 200), guest.process()))
        .collect();
    contest::run(&contenders, || ())
}

fn load(guest: &Guest, token: &str, status: u16) -> Load {
    let authorization = format!("Authorization: Bearer {token}");
    Load::get(guest.address(), "/", &authorization, status)
}

/// The same token with another signature of the same length.
fn forged(signed: &Signed) -> String {
    let (message, signature) = signed.token.rsplit_once('.').unwrap_or_default();
    let other: String = signature.chars().rev().collect();
    format!("{message}.{other}")
}

fn require_node() -> Result<()> {
    let version = said("node", "--version").unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next();
    if major
        .and_then(|major| major.parse::<u32>().ok())
        .is_none_or(|major| major < NODE)
    {
        bail!(
            "node is missing or older than {NODE}: --peers compiles JavaScript programs. Install node {NODE} or \
             newer with npm, from https://nodejs.org or your system's package manager."
        );
    }
    said("npm", "--version")
        .map(drop)
        .context("npm is missing: --peers needs it, and it comes with node")
}

fn copy_sources(directory: &Path) -> Result<()> {
    let sources = workspace().join("bench/javascript");
    std::fs::create_dir_all(directory.join("src"))?;
    for file in [
        "package.json",
        "src/handler.js",
        "src/jose.js",
        "src/webcrypto.js",
    ] {
        std::fs::copy(sources.join(file), directory.join(file))
            .with_context(|| format!("could not copy {file}"))?;
    }
    Ok(())
}
