//! Grounds that no table has are found.

use super::{CORE, assert_only, house};
use crate::finding::Finding;
use crate::grounds;
use crate::modules::Modules;

fn findings(planted: &[(&str, &str)]) -> Vec<Finding> {
    let sources = house(planted);
    grounds::findings(&Modules::of(CORE, &sources), &sources)
}

const LOCKED: &str =
    "//! Cellar.\npub struct Coal;\npub static LOCKED: Ground = Ground::refused();\n";
const TABLE: &str = "fn rows() {\n    (&cellar::LOCKED, 404),\n}\n";

#[test]
fn the_clean_house_denies_nothing() {
    assert_eq!(findings(&[]), []);
}

#[test]
fn a_ground_needs_its_row() {
    let locked = ("src/cellar.rs", LOCKED);
    let told = "src/cellar.rs:3: LOCKED has no row in src/denial/tests.rs.";
    assert_only(&findings(&[locked]), told);
    let of_another = (
        "src/denial/tests.rs",
        "fn rows() {\n    (&cellar::UNLOCKED, 404),\n}\n",
    );
    assert_only(&findings(&[locked, of_another]), told);
    let table = ("src/denial/tests.rs", TABLE);
    assert_eq!(findings(&[locked, table]), []);
}

#[test]
fn two_of_one_name_need_two_rows() {
    let locked = ("src/cellar.rs", LOCKED);
    let door =
        "//! Door.\npub struct Door;\npub(super) static LOCKED: Ground = Ground::refused();\n";
    let door = ("src/hall/door.rs", door);
    let table = ("src/denial/tests.rs", TABLE);
    assert_eq!(findings(&[locked, door, table]).len(), 2);
}

#[test]
fn grounds_of_tests_are_theirs() {
    let code =
        "//! Cellar.\npub struct Coal;\n#[cfg(test)]\nstatic LOCKED: Ground = Ground::refused();\n";
    assert_eq!(findings(&[("src/cellar.rs", code)]), []);
}
