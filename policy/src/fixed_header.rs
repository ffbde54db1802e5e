//! A header with a fixed value: the system that shows what a new one touches. In tests alone.

use serde::{Deserialize, Serialize};

use crate::EDGE_ORIGIN_SECRET;
use crate::table::{AtFault, Table};

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

impl Table for FixedHeader {
    fn service(&self) -> Option<&str> {
        Some(&self.service)
    }

    fn check(&self) -> Result<(), AtFault> {
        let expected = |member, what: &str| Err((member, format!("expected {what}")));
        let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let is_named = !self.field.is_empty() && self.field.bytes().all(is_plain);
        if !is_named || self.field == "authorization" {
            return expected("field", "the name of a field of its own, in lower case");
        }
        if self.secret.is_empty() || self.secret == EDGE_ORIGIN_SECRET {
            return expected("secret", "an entry of the Secret Store of its own");
        }
        match self.service.is_empty() {
            true => expected("service", "the name of a service"),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
