//! See [`azat_edge_fuzz::rs256`].
#![no_main]

use azat_edge_fuzz::{rs256, seeds};

libfuzzer_sys::fuzz_target!(init: seeds::write(rs256::seeds()), |data: &[u8]| rs256::run(data));
