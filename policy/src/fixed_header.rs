//! A header with a fixed value: the system that shows what a new one touches. In tests alone.

use serde::{Deserialize, Serialize};

use crate::EDGE_ORIGIN_SECRET;

/// One kind of such a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixedHeader {
    /// The field that holds it, in lower case, as in `x-service-key`.
    pub field: String,
    /// The Secret Store's entry with the value.
    pub secret: String,
    /// The service that it proves.
    pub service: String,
}

impl FixedHeader {
    /// Checks the members. Yields the one at fault, and what was expected of it.
    pub(crate) fn check(&self) -> Result<(), (&'static str, String)> {
        let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if self.field.is_empty() || !self.field.bytes().all(is_plain) {
            return Err((
                "field",
                "expected the name of a field, in lower case".into(),
            ));
        }
        if self.secret.is_empty() || self.secret == EDGE_ORIGIN_SECRET {
            return Err((
                "secret",
                "expected an entry of the Secret Store of its own".into(),
            ));
        }
        match self.service.is_empty() {
            true => Err(("service", "expected the name of a service".into())),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
