//! AZATs: how they are minted, what signs them, and which of them are still good.

mod azat;
mod jti_window;
mod jwk_set;
mod signing_key;

pub use azat::{Azat, Lifetime, MintFault, NotALifetime};
pub use jti_window::JtiWindow;
pub use jwk_set::JwkSet;
pub use signing_key::SigningKey;
