//! Tests of [`super`].

use super::Item;

/// Operators, `azat` and the documentation use these names.
#[test]
fn items_have_the_names_that_operators_give_them() {
    assert_eq!(
        [Item::Policy, Item::Keys].map(Item::key),
        ["policy", "keys"]
    );
}
