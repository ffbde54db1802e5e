//! The keys that tokens of one profile are verified with.

use super::{KeySet, SymmetricKey};

/// Public keys, or a shared one: the profile's algorithm says which.
#[derive(Clone, Copy)]
pub enum Keys<'k> {
    /// The keys that an issuer publishes: for RS256 and ES256.
    Published(&'k KeySet),
    /// The key that edge and issuer share: for HS256 and HS512.
    Symmetric(&'k SymmetricKey),
}
