//! Credentials: what a request offers to prove who makes it. One file per system.

pub mod azat;
mod bearer;

pub use bearer::{BearerToken, Credential, find};
