//! Tests of [`super`].

use super::*;

#[test]
fn names_stand_left_and_numbers_right() {
    let rows =
        [["files", "205"], ["bytes", "1,024"], ["Ümlaut", ""]].map(|row| row.map(str::to_owned));
    assert_eq!(
        aligned(&rows),
        "  files     205\n  bytes   1,024\n  Ümlaut\n"
    );
}

#[test]
fn commas_stand_between_thousands() {
    assert_eq!(
        [0, 999, 1_000, 104_861_921].map(thousands),
        ["0", "999", "1,000", "104,861,921"]
    );
}
