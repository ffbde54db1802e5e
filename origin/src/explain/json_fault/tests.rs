//! Tests of [`super`].

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
