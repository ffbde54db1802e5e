//! Stand-ins for the world around azat-edge, and the harness that starts the whole.
//!
//! [`Stack`] is the way in: it puts a [`Mirror`], the origin service and the edge on free loopback
//! ports, fills them with a [`Library`] of sample files, and hands out tokens that are good
//! ([`Stack::mint`]) and bad ([`Forger`]). With sessions it also has the identity provider,
//! [`Google`], and the [`Repository`] of what is not mirrored, and signs users in
//! ([`Stack::sign_in`]). When it goes, its processes go with it, and a token found in any of their
//! logs fails the run.
//!
//! The interface is synchronous: the callers are a demo and tests that run the real curl.

mod artefacts;
mod builder;
mod curl;
mod curl_manifest;
mod error;
mod forger;
mod google;
mod library;
mod lines;
mod lock;
mod mirror;
mod patience;
mod ports;
mod process_group;
mod program;
mod repository;
mod server;
mod signing_key;
mod stack;
mod token;
mod user;

pub use artefacts::{
    Artefacts, VICEROY_VERSION, find_viceroy, own_viceroy, own_viceroy_root, workspace,
};
pub use builder::Builder;
pub use curl::{CurlAnswer, curl};
pub use curl_manifest::{CurlManifest, ManifestEntry};
pub use error::{Error, Result};
pub use forger::Forger;
pub use google::{Google, Pkce};
pub use library::shelf::RepositoryShelf;
pub use library::{Library, Plan, SampleFile};
pub use lines::Lines;
pub use mirror::Mirror;
pub use patience::{wait_for, wait_until, within};
pub use ports::free_address;
pub use process_group::ProcessGroup;
pub use program::{ended, output};
pub use repository::Repository;
pub use server::Server;
pub use server::fault::Fault;
pub use server::recorded::Recorded;
pub use stack::Stack;
pub use stack::leak::Leak;
pub use stack::policy_item::shipped_policy;
pub use token::Token;
pub use user::User;
