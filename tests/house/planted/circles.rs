//! Circles are found, whatever closes them.

use super::{CORE, assert_only, house};
use crate::arrows::Arrows;
use crate::circles;
use crate::finding::Finding;
use crate::modules::Modules;

fn findings(planted: &[(&str, &str)]) -> Vec<Finding> {
    let sources = house(planted);
    circles::findings(&Arrows::among(&Modules::of(CORE, &sources)))
}

#[test]
fn the_clean_house_has_none() {
    assert_eq!(findings(&[]), []);
}

#[test]
fn a_circle_of_two_is_told_with_what_ties_it() {
    let cellar = "//! Cellar.\npub struct Coal;\n\nfn f() {\n    crate::attic::open(1)\n}\n";
    let findings = findings(&[("src/cellar.rs", cellar)]);
    assert_only(&findings, "src/attic.rs:2: 2 files import each other");
    assert_only(
        &findings,
        "\n    src/attic.rs:2 takes from src/cellar.rs: Coal\
         \n    src/cellar.rs:5 takes from src/attic.rs: open",
    );
}

#[test]
fn a_circle_of_three_is_told_step_by_step() {
    let door = "//! Door.\npub struct Door(super::super::attic::Roof);\n";
    let attic = "//! Attic.\nuse crate::hall::lamp::lit;\npub struct Roof;\n";
    let findings = findings(&[("src/hall/door.rs", door), ("src/attic.rs", attic)]);
    assert_only(&findings, "src/attic.rs:2: 3 files import each other");
    assert_only(
        &findings,
        "\n    src/attic.rs:2 takes from src/hall/lamp.rs: lit\
         \n    src/hall/lamp.rs:2 takes from src/hall/door.rs: Door\
         \n    src/hall/door.rs:2 takes from src/attic.rs: Roof",
    );
}

#[test]
fn the_shortest_of_circles_that_share_a_file_is_told() {
    // Through the lamp it is three files, and two without.
    let door = "//! Door.\npub struct Door(crate::attic::Roof);\n";
    let attic = "//! Attic.\nuse crate::hall::{Door, lamp::lit};\npub struct Roof;\n";
    let findings = findings(&[("src/hall/door.rs", door), ("src/attic.rs", attic)]);
    assert_only(&findings, ": 2 files");
}

#[test]
fn circles_that_share_no_file_are_each_told() {
    let planted = [
        ("src/attic.rs", "use crate::cellar::Coal;\npub fn open() {}"),
        ("src/cellar.rs", "use crate::attic::open;\npub struct Coal;"),
        (
            "src/hall/door.rs",
            "pub struct Door;\nuse super::lamp::lit;",
        ),
    ];
    assert_eq!(findings(&planted).len(), 2);
}

#[test]
fn a_parent_and_its_child_can_be_a_circle() {
    let hall =
        "mod door;\npub mod lamp;\npub use door::Door;\nfn f(_: Door) {}\nconst HIGH: u8 = 3;";
    let door = "pub struct Door;\nfn f() { super::HIGH }";
    let findings = findings(&[("src/hall.rs", hall), ("src/hall/door.rs", door)]);
    assert_only(&findings, "src/hall.rs:4: 2 files");
}
