//! The origin service of azat-edge, and what the operator's command `azat` does with it.
//!
//! - [`store`] keeps signing keys, users, their sessions, files and manifests in one file.
//! - [`identity_provider`] signs users in; a [`session`] holds what it gave us for one of them.
//! - [`token`] mints AZATs, publishes the keys that sign them, and says which are still good.
//! - [`manifest`] lists files the way `curl --config` reads them, with what its user runs.
//! - [`service`] answers the edge and, through it, the world.
//! - [`server`] keeps clients from getting into each other's way, and [`log`] takes what is told.
//! - [`explain`] says what the edge answers to a request, and why.
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
pub mod base_url;
pub mod explain;
pub mod file;
pub mod identity_provider;
pub mod log;
pub mod manifest;
pub mod secret;
pub mod server;
pub mod service;
pub mod session;
pub mod store;
pub mod subject;
pub mod token;
pub mod user;

#[cfg(test)]
mod samples;
