//! Tests of [`super`].

use super::*;

#[test]
fn addresses_differ_and_can_be_bound() {
    let (one, other) = (free_address().unwrap(), free_address().unwrap());
    assert_ne!(one, other);
    TcpListener::bind(one).unwrap();
    TcpListener::bind(other).unwrap();
}
