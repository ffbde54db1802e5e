//! The origin service of azat-edge, and what the operator's command `azat` does with it.
//!
//! - [`store`] keeps signing keys, users, their sessions, files and manifests in one file.
//! - [`identity_provider`] signs users in; a [`session`] holds what it gave us for one of them.
//! - [`azat`] mints tokens with a [`signing_key`], which [`jwk_set`] publishes; a [`jti_window`] says
//!   which of them are still good.
//! - [`curl_manifest`] lists files the way `curl --config` reads them, and [`command_line`] is what its
//!   user runs.
//! - [`service`] answers the edge and, through it, the world.
//!
//! Runs on Unix: it relies on file modes and signals.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod access_token;
pub mod azat;
pub mod base_url;
pub mod command_line;
pub mod curl_manifest;
pub mod edge_secret_file;
pub mod file;
pub mod file_name;
pub mod identity_provider;
pub mod jti_window;
pub mod jwk_set;
pub mod manifest;
pub mod secret;
pub mod service;
pub mod session;
pub mod signing_key;
pub mod store;
pub mod subject;
pub mod user;

#[cfg(test)]
mod samples;
