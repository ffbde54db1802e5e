//! azat-edge's own verification, measured inside Viceroy.

mod decision;
mod signature;
mod start_up;
mod token;
mod world;

use bench_harness::{Input, Stopwatch};

/// Which path of the arithmetic is built in.
const CONTENDER: &str = match cfg!(target_feature = "simd128") {
    true => "azat-edge, SIMD",
    false => "azat-edge, scalar",
};

fn main() {
    let input = Input::from_argument();
    let stopwatch = Stopwatch::new(CONTENDER, input.milliseconds);
    signature::measure(&stopwatch, &input);
    token::measure(&stopwatch, &input);
    decision::measure(&stopwatch, &input);
    start_up::measure(&stopwatch, &input);
}
