//! JOSE: compact JSON Web Signatures and the claims in them.
//!
//! A token goes through three types, and no step can be skipped: [`Compact`] (its bytes, split) →
//! [`Authentic`] (its signature is good) → [`Verified`] (its claims are good). A token that is both
//! expired and forged is therefore *forged*.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod base64url;
mod claims;
mod compact;
pub mod es256;
mod fault;
mod header;
pub(crate) mod json;
mod jwk;
mod keys;
mod memory;
mod roca;
#[allow(
    clippy::arithmetic_side_effects,
    reason = "arithmetic is what it is about; its bounds are told there"
)]
pub mod rs256;
mod symmetric_key;
mod thumbprint;

pub use claims::{Authentic, Verified};
pub use compact::Compact;
pub use fault::TokenFault;
pub(crate) use jwk::members_of;
pub use jwk::{KeySet, KeySetFault, KeySets};
pub use keys::Keys;
pub use memory::Memory;
pub use rs256::SignatureInvalid;
pub use symmetric_key::SymmetricKey;
pub use thumbprint::Thumbprint;
