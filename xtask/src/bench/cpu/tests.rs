//! Tests of [`super`].

use super::running;

#[test]
fn the_first_number_of_schedstat_is_the_time_on_a_processor() {
    assert_eq!(running("136580 14150780 2\n"), Some(136_580));
    assert_eq!(running(""), None);
}
