//! What the fuzz targets do: one module for each target. Each compares the core with something
//! simpler that has to agree, so that a wrong verdict is found as well as a crash.

pub mod compact;
pub mod json;
pub mod jwk_set;
pub mod rs256;
pub mod seeds;
pub mod verification;

// The tests' own keys and signers.
#[path = "../../tests/jose/signer.rs"]
mod signer;
#[path = "../../tests/jose/smooth_key.rs"]
mod smooth_key;
