//! A number of seconds in an answer of the provider.

use serde::Deserialize;

/// Seconds, as a number (RFC 6749, 5.1) or as digits in a text, as Google's tokeninfo has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub(super) struct Seconds(pub(super) u64);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Number(i64),
    Text(String),
}

impl TryFrom<Written> for Seconds {
    type Error = std::num::ParseIntError;

    /// What ended before now has no second left.
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let number = match written {
            Written::Number(number) => number,
            Written::Text(text) => text.parse()?,
        };
        Ok(Self(u64::try_from(number).unwrap_or(0)))
    }
}

#[cfg(test)]
mod tests;
