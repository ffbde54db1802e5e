//! The origin service of azat-edge, and what the operator's command `azat` does with it.
//!
//! - [`store`] keeps signing keys, users, files and manifests in one file.
//! - [`azat`] mints tokens with a [`signing_key`], which [`jwk_set`] publishes.
//! - [`curl_manifest`] lists files the way `curl --config` reads them.
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

pub mod azat;
pub mod base_url;
pub mod curl_manifest;
pub mod edge_secret_file;
pub mod file;
pub mod file_name;
pub mod jwk_set;
pub mod manifest;
pub mod service;
pub mod signing_key;
pub mod store;
pub mod subject;
pub mod user;

#[cfg(test)]
mod samples;
