//! The program: on Fastly Compute, the gateway in a loop; anywhere else, a word about how to build
//! it.

#[cfg(target_os = "wasi")]
mod compute;

#[cfg(target_os = "wasi")]
fn main() {
    compute::serve();
}

#[cfg(not(target_os = "wasi"))]
fn main() -> std::process::ExitCode {
    eprintln!(
        "azat-edge runs on Fastly Compute: build it with `cargo build --release --target wasm32-wasip1`, \
         or see it at work with `cargo xtask demo`."
    );
    std::process::ExitCode::from(2)
}
