//! JOSE: compact JSON Web Signatures and the claims in them.
//!
//! A token goes through three types, and no step can be skipped:
//! [`Compact`] (its bytes, split) → [`Authentic`] (its signature is good) → [`Verified`] (its claims
//! are good). A token that is both expired and forged is therefore *forged*.

mod base64url;
mod claims;
mod compact;
mod fault;
mod jwk;
mod rs256;

pub use claims::{Authentic, Verified};
pub use compact::Compact;
pub use fault::TokenFault;
pub use jwk::{KeySet, KeySetFault, KeySets, Thumbprint};
pub use rs256::{PublicKey, SignatureInvalid};
