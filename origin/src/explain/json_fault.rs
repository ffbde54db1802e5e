//! What is wrong with a JSON text, reported without quoting it: it may hold a token or a secret.

use serde_json::error::Category;

/// Describes a fault: where the text is not JSON, which member is missing, or else `expected`.
pub(super) fn describe(fault: &serde_json::Error, expected: &str) -> String {
    let text = fault.to_string();
    let missing = text.starts_with("missing field");
    match fault.classify() {
        Category::Data if missing => text.split(" at line").next().unwrap_or_default().to_owned(),
        Category::Data => expected.to_owned(),
        Category::Syntax | Category::Eof | Category::Io => match (fault.line(), fault.column()) {
            (0 | 1, column) => format!("expected JSON (column {column})"),
            (line, column) => format!("expected JSON (line {line}, column {column})"),
        },
    }
}

#[cfg(test)]
mod tests;
