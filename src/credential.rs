//! Credentials: what a request offers to prove who makes it. One file per system.

mod bearer;
pub mod jwt;

pub use bearer::{BearerToken, Credential, find};
