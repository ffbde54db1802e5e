//! What fits into the edge's Config Store.

use anyhow::ensure;

/// The longest value of an item, in characters; the platform's limit.
const MAXIMUM_LENGTH: usize = 8_000;

/// Refuses a value that the platform would refuse.
pub(super) fn ensure_fits(value: &str) -> anyhow::Result<()> {
    let length = value.chars().count();
    ensure!(
        length <= MAXIMUM_LENGTH,
        "{length} characters: a Config Store item has at most {MAXIMUM_LENGTH}"
    );
    Ok(())
}

#[cfg(test)]
mod tests;
