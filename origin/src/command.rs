//! The commands, one per file. Their documentation is what `--help` prints.

// The indented examples are for a shell.
#![allow(rustdoc::invalid_rust_codeblocks)]

mod check;
mod compact;
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
mod say;
mod serve;
mod store_arguments;
mod users_import;

use std::env;

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
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The keys that sign AZATs.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Who may read what.
    #[command(subcommand)]
    Users(UsersCommand),
    /// What there is to read.
    #[command(subcommand)]
    Files(FilesCommand),
    /// Lists of files for curl.
    #[command(subcommand)]
    Manifest(ManifestCommand),
    /// The edge's policy.
    #[command(subcommand)]
    Policy(PolicyCommand),
    Mint(mint::Mint),
    Check(check::Check),
    Compact(compact::Compact),
    Explain(explain::Explain),
    Serve(serve::Serve),
}

#[derive(Subcommand)]
enum KeysCommand {
    Create(keys_create::KeysCreate),
    Publish(keys_publish::KeysPublish),
}

#[derive(Subcommand)]
enum UsersCommand {
    Import(users_import::UsersImport),
}

#[derive(Subcommand)]
enum FilesCommand {
    Import(files_import::FilesImport),
}

#[derive(Subcommand)]
enum ManifestCommand {
    Create(manifest_create::ManifestCreate),
}

#[derive(Subcommand)]
enum PolicyCommand {
    Check(policy_check::PolicyCheck),
    Compile(policy_compile::PolicyCompile),
}

impl Arguments {
    /// Reads the arguments; ends the process where they are no command.
    pub(crate) fn read() -> Self {
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
            Command::Keys(KeysCommand::Create(command)) => command.run(),
            Command::Keys(KeysCommand::Publish(command)) => command.run(),
            Command::Users(UsersCommand::Import(command)) => command.run(),
            Command::Files(FilesCommand::Import(command)) => command.run(),
            Command::Manifest(ManifestCommand::Create(command)) => command.run(),
            Command::Policy(PolicyCommand::Check(command)) => command.run(),
            Command::Policy(PolicyCommand::Compile(command)) => command.run(),
            Command::Check(command) => command.run(),
            Command::Compact(command) => command.run(),
            Command::Mint(command) => command.run(),
            Command::Explain(command) => command.run(),
            Command::Serve(command) => command.run(),
        }
    }
}
