//! Tests of [`super`].

use super::MirrorKey;

#[test]
fn a_key_cannot_leave_the_mirrors_tree() {
    let of = |text: &str| MirrorKey::try_from(text.to_owned()).is_ok();
    assert!(of("_it/file/1f44.sha256"));
    let hostile = [
        "",
        "/file/a",
        "file//a",
        "file/",
        "../a",
        "file/../a",
        "file/./a",
        "file/%2e%2e/a",
        "file/a?b",
        "file/a#b",
        "file/a b",
        "file\\a",
        "https://evil.example/a",
        "f\u{e4}",
    ];
    for text in hostile {
        assert!(!of(text), "{text:?}");
    }
    assert!(!of(&"a".repeat(1025)));
}
