//! A Compute program that only forwards to the mirror: what a request costs without azat-edge.

#[cfg(target_os = "wasi")]
mod forwarder;

#[cfg(target_os = "wasi")]
fn main() {
    forwarder::serve();
}

#[cfg(not(target_os = "wasi"))]
fn main() {
    eprintln!("bench-forwarder runs on Fastly Compute: see `cargo xtask bench`.");
}
