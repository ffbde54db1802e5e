//! See [`azat_edge_fuzz::jwk_set`].
#![no_main]

use azat_edge_fuzz::{jwk_set, seeds};

libfuzzer_sys::fuzz_target!(init: seeds::write(jwk_set::seeds()), |data: &[u8]| jwk_set::run(data));
