//! See [`azat_edge_fuzz::json`].
#![no_main]

use azat_edge_fuzz::{json, seeds};

libfuzzer_sys::fuzz_target!(init: seeds::write(json::seeds()), |data: &[u8]| json::run(data));
