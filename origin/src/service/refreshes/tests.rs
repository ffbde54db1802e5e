//! Tests of [`super`].

use std::sync::Arc;

use super::Refreshes;

#[test]
fn a_subject_has_one_turn_and_only_while_it_is_needed() {
    let refreshes = Refreshes::default();
    let subject = |name| {
        format!("https://accounts.google.com#{name}")
            .parse()
            .unwrap()
    };
    let first = refreshes.turn(&subject(1));
    assert!(Arc::ptr_eq(&first, &refreshes.turn(&subject(1))));
    assert!(!Arc::ptr_eq(&first, &refreshes.turn(&subject(2))));
    drop(first);
    let _third = refreshes.turn(&subject(3));
    assert_eq!(refreshes.0.lock().unwrap().len(), 1);
}
