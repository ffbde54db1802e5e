//! What azat-edge is compared with, measured inside Viceroy.

mod jwt;
mod p256;
mod rsa;

use bench_harness::Input;

fn main() {
    let input = Input::from_argument();
    rsa::measure(&input);
    p256::measure(&input);
    jwt::measure(&input);
}
