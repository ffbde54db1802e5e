//! Tests of [`super`].

use super::PathPattern;

fn pattern(text: &str) -> PathPattern {
    PathPattern::try_from(text.to_owned()).unwrap()
}

#[test]
fn a_parameter_stands_for_one_segment() {
    let files = pattern("/repository/files/{uuid}");
    let captures = files.matches(&["repository", "files", "a b"]).unwrap();
    assert_eq!(captures.get("uuid"), Some("a b"));
    assert_eq!(captures.get("key"), None);
    for path in [
        &["repository", "files"][..],
        &["repository", "files", "a", "b"],
        &["repository", "Files", "a"],
        &[],
    ] {
        assert!(files.matches(path).is_none(), "{path:?}");
    }
    assert!(files.has_parameter("uuid") && !files.has_parameter("repository"));
    assert_eq!(files.as_str(), "/repository/files/{uuid}");
}
