//! Black-box tests: real curl against the real edge in Viceroy, with the real origin and a real
//! mirror. One file per behaviour.
//!
//! `cargo xtask test` builds what they run. Each stack, when it goes, searches all its logs for
//! every token that was used.
#![cfg(not(target_os = "wasi"))]

mod caching;
mod client_address;
mod configuration;
mod credentials;
mod delivery;
mod denials;
mod download;
mod existence;
mod explain;
mod log;
mod manifests;
mod mirror_trouble;
mod odd_input;
mod origin_trouble;
mod passage;
mod query;
mod redirect;
mod sessions;
mod support;
