//! Stand-ins for the world around azat-edge, and the harness that starts the whole.
//!
//! [`Stack`] is the way in: it puts a [`Mirror`], the origin service and the edge on free loopback
//! ports, fills them with a [`Library`] of sample files, and hands out tokens that are good
//! ([`Stack::mint`]) and bad ([`Forger`]). When it goes, its processes go with it, and a token found
//! in any of their logs fails the run.
//!
//! The interface is synchronous: the callers are a demo and tests that run the real curl.

mod artefacts;
mod azat;
mod builder;
mod config_store;
mod curl;
mod curl_manifest;
mod edge_manifest;
mod error;
mod forger;
mod leak;
mod library;
mod logs;
mod mirror;
mod ports;
mod process;
mod process_group;
mod run_directory;
mod stack;
mod token;
mod user;
mod watchdog;

pub use artefacts::{
    Artefacts, VICEROY_VERSION, find_viceroy, own_viceroy, own_viceroy_root, workspace,
};
pub use builder::{Builder, DEFAULT_POLICY};
pub use curl::{CurlAnswer, curl};
pub use curl_manifest::{CurlManifest, Download};
pub use error::{Error, Result};
pub use forger::Forger;
pub use leak::Leak;
pub use library::{Library, Plan, SampleFile};
pub use mirror::{Fault, Mirror, Recorded};
pub use process_group::ProcessGroup;
pub use stack::Stack;
pub use token::Token;
pub use user::User;
