//! `azat serve` under clients that ask too much of it, and before a reader who does not read.

mod body;
mod crowd;
mod disk;
mod head;
mod health;
mod log;
mod open_files;
mod service;
mod stop;
