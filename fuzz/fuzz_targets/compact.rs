//! See [`azat_edge_fuzz::compact`].
#![no_main]

use azat_edge_fuzz::{compact, seeds};

libfuzzer_sys::fuzz_target!(init: seeds::write(compact::seeds()), |data: &[u8]| compact::run(data));
