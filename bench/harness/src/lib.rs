//! How one operation is measured inside Viceroy.
//!
//! A program of the bench gets its [`Input`] as its only argument, measures each of its operations
//! for a short while with a [`Stopwatch`], and prints one JSON line for each. `cargo xtask bench`
//! starts the programs in turn, again and again.

mod input;
mod stopwatch;

pub use input::{Input, Signed};
pub use stopwatch::Stopwatch;
