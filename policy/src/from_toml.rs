//! `policy.toml`: the human's form, whose faults are reported by line.

use toml::de::{DeTable, DeValue};

use crate::written::WrittenRoute;
use crate::{Fault, Policy};

impl Policy {
    /// Reads and checks the text of `policy.toml`.
    ///
    /// # Errors
    /// The first fault, with its line.
    pub fn from_toml(text: &str) -> Result<Self, Fault> {
        let policy: Policy<WrittenRoute> = toml::from_str(text).map_err(|error| Fault {
            path: String::new(),
            expected: error.message().to_owned(),
            line: error.span().map(|span| line_of(text, span.start)),
        })?;
        policy.check().map_err(|fault| Fault {
            line: locate(text, &fault.path),
            ..fault
        })
    }
}

/// The line of the member at `path`, or of its nearest ancestor when the member is absent.
fn locate(text: &str, path: &str) -> Option<usize> {
    let document = DeTable::parse(text).ok()?;
    let mut steps = path.split('.');
    let first = document.get_ref().get(steps.next()?)?;
    let found = steps.try_fold(first, |value, step| {
        let child = match value.get_ref() {
            DeValue::Table(table) => table.get(step),
            DeValue::Array(array) => step.parse().ok().and_then(|index: usize| array.get(index)),
            _ => None,
        };
        // An absent member ends the walk at its parent.
        child.ok_or(value)
    });
    let (Ok(value) | Err(value)) = found;
    Some(line_of(text, value.span().start))
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}

#[cfg(test)]
mod tests;
