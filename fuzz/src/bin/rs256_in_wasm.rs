//! The target `rs256` without libFuzzer, so that it runs in WebAssembly, where the kernel can have
//! its SIMD path.
//!
//! Each path is held to the `rsa` crate, and so both are held to each other. Inputs are random.
//! Takes `-seed=`, `-runs=` or `-max_total_time=` as libFuzzer does, reports the number of
//! executions as it does, and ignores other arguments. `cargo xtask fuzz simd` runs it:
//!
//! ```text
//! export RUSTFLAGS="-C target-feature=+simd128"
//! cargo build --release --target wasm32-wasip1 --features in_wasm --bin rs256_in_wasm
//! viceroy run …/rs256_in_wasm.wasm -- -seed=1 -runs=1000
//! ```

use std::time::{Duration, Instant};

use azat_edge_fuzz::rs256;
use rand::rngs::StdRng;
use rand::{Rng as _, RngCore as _, SeedableRng as _};

fn main() {
    let seed = number("-seed=").unwrap_or_else(|| azat_edge::time::UnixTime::now().seconds());
    let runs = number("-runs=").unwrap_or(u64::MAX);
    let time = number("-max_total_time=").map_or(Duration::MAX, Duration::from_secs);
    println!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let start = Instant::now();
    let mut executions = 0;
    for input in rs256::seeds() {
        rs256::run(&input);
        executions += 1;
    }
    while executions < runs && start.elapsed() < time {
        let input = input(&mut random);
        // What is not printed at the panic is not printed at all.
        std::panic::set_hook(Box::new({
            let input = input.clone();
            move |panic| eprintln!("{panic}\ninput: {input:02x?}")
        }));
        rs256::run(&input);
        executions += 1;
    }
    println!("stat::number_of_executed_units: {executions}");
}

/// Every kind of change equally often, which random bytes would not come to: half of all values
/// change nothing.
fn input(random: &mut StdRng) -> Vec<u8> {
    let mut input = vec![0; random.gen_range(4..64)];
    random.fill_bytes(&mut input);
    // Few sizes and few keys of each, because keys are kept.
    input[0] &= 0b1000_0111;
    input[1] &= 0b1110_0001;
    input[3] %= 4;
    if random.gen_bool(0.5) {
        input[2] = random.gen_range(128..=138);
    }
    input
}

/// The value of an argument.
fn number(name: &str) -> Option<u64> {
    std::env::args().find_map(|argument| argument.strip_prefix(name)?.parse().ok())
}
