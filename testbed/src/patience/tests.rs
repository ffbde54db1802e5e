//! Tests of [`super`].

use super::*;

#[test]
fn what_comes_is_waited_for() {
    let mut looks = 0;
    let found = wait_for("the third look", || {
        looks += 1;
        (looks == 3).then_some("it")
    });
    assert_eq!((found, looks), ("it", 3));
    wait_until("it is so", || true);
    assert_eq!(within("the work", || 1), 1);
}

#[test]
#[should_panic = "a panic came before the work"]
fn work_that_panics_is_not_waited_for() {
    within("the work", || panic!("a fault of the test"));
}
