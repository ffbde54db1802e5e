//! Gates: may this caller do this? A credential says who; a gate says what.

pub mod session;
mod user;

pub use user::Grant;

#[cfg(test)]
mod tests;
