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
mod tests {
    use serde::Deserialize;

    use super::describe;

    #[derive(Debug, Deserialize)]
    struct Sample {
        #[serde(rename = "a")]
        _a: u8,
    }

    #[test]
    fn nothing_of_the_text_is_told() {
        let told = |text| describe(&serde_json::from_str::<Sample>(text).unwrap_err(), "else");
        assert_eq!(told("{}"), "missing field `a`");
        assert_eq!(told(r#"{"a": "secret"}"#), "else");
        assert_eq!(told("[secret"), "expected JSON (column 2)");
        assert_eq!(told("{\nx"), "expected JSON (line 2, column 1)");
        assert_eq!(told(""), "expected JSON (column 0)");
    }
}
