//! The names of what is compared, as the bench's programs print them.

/// azat-edge, as it is released.
pub(crate) const SCALAR: &str = "azat-edge, scalar";

/// azat-edge, built for `simd128`.
pub(crate) const SIMD: &str = "azat-edge, SIMD";

/// The crate that most Rust programs verify tokens with.
pub(crate) const JSONWEBTOKEN: &str = "jsonwebtoken 11";

/// Whole requests: azat-edge, as it is released.
pub(crate) const EDGE: &str = "azat-edge";

/// Whole requests: the program that only forwards.
pub(crate) const FORWARDER: &str = "forwarder";

/// A program with azat-edge's verification, and nothing else.
pub(crate) const OUR_VERIFICATION: &str = "azat-edge's verification";

/// Whether it is one of ours.
pub(crate) fn is_ours(name: &str) -> bool {
    name.starts_with(EDGE)
}
