//! Tests of [`super`].

use super::{NotASubject, Subject};

#[test]
fn both_parts_are_needed() {
    let subject: Subject = "https://accounts.google.com#1050".parse().unwrap();
    assert_eq!(subject.as_str(), "https://accounts.google.com#1050");
    assert_eq!(subject.parts(), ("https://accounts.google.com", "1050"));
    for text in ["", "#", "1050", "#1050", "https://accounts.google.com#"] {
        assert_eq!(text.parse::<Subject>(), Err(NotASubject), "{text:?}");
    }
}

#[test]
fn no_two_users_share_a_subject() {
    assert!(Subject::new("a", "b#c").is_ok());
    assert_eq!(Subject::new("a#b", "c"), Err(NotASubject));
}
