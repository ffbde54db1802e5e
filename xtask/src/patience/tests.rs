//! Tests of [`super`].

use super::*;

#[test]
fn a_value_that_grows_is_waited_for() {
    let mut count = 0;
    let grown = until(
        || {
            count += 1;
            Ok(count)
        },
        |count| *count == 3,
    );
    assert_eq!(grown.unwrap(), 3);
}
