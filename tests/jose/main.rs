//! The JOSE core against what others have collected, and against other implementations. One file
//! per suite.
//!
//! Divergences from a collection are in `exceptions.json`, each with its reason. An exception that
//! is not needed fails like any other test.
#![cfg(not(target_os = "wasi"))]

mod attacks;
mod differential;
mod exceptions;
mod kernel;
mod rfc_examples;
mod signature_check;
mod signer;
mod smooth_key;
mod wycheproof_jose;
mod wycheproof_signatures;
