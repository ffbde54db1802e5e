//! Tests of [`super`].

use super::attachment;

#[test]
fn a_name_cannot_leave_its_field() {
    assert_eq!(
        attachment("a.txt"),
        "attachment; filename=\"a.txt\"; filename*=UTF-8''a.txt"
    );
    assert_eq!(
        attachment("d/e.txt"),
        "attachment; filename=\"e.txt\"; filename*=UTF-8''e.txt"
    );
    let hostile = attachment("a\"; x=\"\r\nSet-Cookie: a\u{0}%00\\\u{6f22}");
    assert!(hostile.is_ascii() && !hostile.contains(['\r', '\n', '\0', '\\']));
    assert_eq!(hostile.matches('"').count(), 2);
}
