//! How much memory a process has used at most.

use std::fs;

use anyhow::{Context, Result};

/// The most that process has had in memory at once, in bytes.
///
/// # Errors
/// When the system does not say (Linux does, in `/proc/<process>/status`), or it has ended.
pub(super) fn peak(process: u32) -> Result<u64> {
    let path = format!("/proc/{process}/status");
    let status = fs::read_to_string(&path).with_context(|| format!("could not read {path}"))?;
    high_water_mark(&status).with_context(|| format!("{path} does not tell VmHWM"))
}

/// As in `VmHWM:     1234 kB`, where a kB is 1,024 bytes.
fn high_water_mark(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1_024)
}

#[cfg(test)]
mod tests;
