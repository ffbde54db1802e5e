//! See [`azat_edge_fuzz::verification`].
#![no_main]

use azat_edge_fuzz::{seeds, verification};

libfuzzer_sys::fuzz_target!(init: seeds::write(verification::seeds()), |data: &[u8]| verification::run(data));
