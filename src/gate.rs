//! Gates: may this caller do this? A credential says who; a gate says what.
//!
//! The service gate comes first. What it yields is needed to ask the user gate, so the user gate is
//! never asked where the service gate stays shut.

pub mod service;
pub mod session;
pub mod user;
