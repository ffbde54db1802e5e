//! `azat serve` before a reader of its log who does not read.

mod log;
mod service;
