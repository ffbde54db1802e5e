//! Tests of [`super`].

use super::Sources;

#[test]
fn a_name_is_there_as_a_whole_or_not_at_all() {
    let sources: Sources = serde_json::from_str(r#"["ab", "", "c\u0064", "ab"]"#).unwrap();
    for name in ["ab", "", "cd"] {
        assert!(sources.contains(name), "{name:?}");
    }
    for name in ["a", "b", "c", "d", "abcd", "abc", "AB"] {
        assert!(!sources.contains(name), "{name:?}");
    }
    assert!(!Sources::default().contains(""));
}

#[test]
fn what_is_written_is_what_was_read() {
    let json = r#"["b","a","","\"ä"]"#;
    let sources: Sources = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&sources).unwrap(), json);
    assert_eq!(sources, ["b", "a", "", "\"ä"].into_iter().collect());
}

#[test]
fn only_an_array_of_strings_is_read() {
    for json in ["null", "{}", "\"a\"", "[1]", "[null]", r#"["a", ["b"]]"#] {
        assert!(serde_json::from_str::<Sources>(json).is_err(), "{json}");
    }
}
