//! azat-edge: who may read which file, decided at the edge.
//!
//! This library is the platform-free core. It decides, and knows nothing of Fastly: it runs and is
//! tested natively. The program (`src/main.rs`, `src/compute/`) connects it to Fastly Compute.
//!
//! What happens to a request is told in [`gateway`], from top to bottom:
//!
//! ```text
//! route        method and normalised path → rule of the policy          [`route`]
//! credential   each accepted system's place → principal, or one denial  [`credential`], [`jose`]
//! gates        entitlement and file record → grant                      [`gate`], [`origin`]
//! deliver      from the mirror, the repository, or a redirect           [`delivery`]
//! answer       fields, challenge and problem, one log line              [`problem`], [`log`]
//! ```
//!
//! The origin service uses the same library to verify tokens and to write the documents that the
//! edge reads.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod answer;
pub mod contract;
pub mod credential;
pub mod delivery;
pub mod denial;
pub mod file;
pub mod gate;
pub mod gateway;
pub mod jose;
pub mod log;
pub mod origin;
pub mod platform;
pub mod problem;
pub mod provenance;
pub mod request;
pub mod resource;
pub mod route;
pub mod sandbox;
pub mod settings;
pub mod step;
pub mod time;
pub mod trail;

#[cfg(test)]
mod testing;
