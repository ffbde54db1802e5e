//! The commands, one per file. Their documentation is what `--help` prints.

// The indented examples are for a shell.
#![allow(rustdoc::invalid_rust_codeblocks)]

mod config_store;
mod edge_secret_file;
mod explain;
mod files_import;
mod json_lines;
mod keys_create;
mod keys_publish;
mod manifest_create;
mod mint;
mod policy_check;
mod policy_compile;
mod serve;
mod users_import;

use std::env;
use std::fmt::Display;
use std::io::{self, Write as _};

use clap::{Parser, Subcommand};

/// The origin service of azat-edge, and its operator's tools.
///
/// All that it keeps is in one store, a file that one process uses at a time. A first round:
///
///     azat keys create --store azat.redb
///     azat users import --store azat.redb users.jsonl
///     azat files import --store azat.redb files.jsonl
///     azat serve --store azat.redb --base-url https://service.azul.example \
///         --edge-secret-file edge-secret --listen 127.0.0.1:8080
#[derive(Parser)]
#[command(name = "azat", version, verbatim_doc_comment)]
pub(crate) struct Azat {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The keys that sign AZATs.
    #[command(subcommand)]
    Keys(Keys),
    /// Who may read what.
    #[command(subcommand)]
    Users(Users),
    /// What there is to read.
    #[command(subcommand)]
    Files(Files),
    /// Lists of files for curl.
    #[command(subcommand)]
    Manifest(Manifest),
    /// The edge's policy.
    #[command(subcommand)]
    Policy(Policy),
    Mint(mint::Mint),
    Explain(explain::Explain),
    Serve(serve::Serve),
}

#[derive(Subcommand)]
enum Keys {
    Create(keys_create::KeysCreate),
    Publish(keys_publish::KeysPublish),
}

#[derive(Subcommand)]
enum Users {
    Import(users_import::UsersImport),
}

#[derive(Subcommand)]
enum Files {
    Import(files_import::FilesImport),
}

#[derive(Subcommand)]
enum Manifest {
    Create(manifest_create::ManifestCreate),
}

#[derive(Subcommand)]
enum Policy {
    Check(policy_check::PolicyCheck),
    Compile(policy_compile::PolicyCompile),
}

impl Azat {
    /// Reads the arguments; ends the process where they are no command.
    pub(crate) fn from_arguments() -> Self {
        Self::try_parse().unwrap_or_else(|error| {
            let is_explain = env::args_os().any(|argument| argument == "explain");
            match is_explain {
                true => explain::without_values(error).exit(),
                false => error.exit(),
            }
        })
    }

    /// Does what was asked for.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Keys(Keys::Create(command)) => command.run(),
            Command::Keys(Keys::Publish(command)) => command.run(),
            Command::Users(Users::Import(command)) => command.run(),
            Command::Files(Files::Import(command)) => command.run(),
            Command::Manifest(Manifest::Create(command)) => command.run(),
            Command::Policy(Policy::Check(command)) => command.run(),
            Command::Policy(Policy::Compile(command)) => command.run(),
            Command::Mint(command) => command.run(),
            Command::Explain(command) => command.run(),
            Command::Serve(command) => command.run(),
        }
    }
}

/// Writes one line on the standard output. Unlike `println!` it does not panic when nobody reads.
fn say(line: impl Display) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}
