//! A Compute program that only verifies a token: 200 for a good one, 401 for any other, no backend.

#[cfg(target_os = "wasi")]
mod verifier;

#[cfg(target_os = "wasi")]
fn main() {
    verifier::serve();
}

#[cfg(not(target_os = "wasi"))]
fn main() {
    eprintln!("bench-verifier runs on Fastly Compute: see `cargo xtask bench --peers`.");
}
