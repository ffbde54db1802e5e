//! Arrows that the plan does not have are found, and so is what the plan has for nothing.

use super::{CORE, PLAN, assert_only, house};
use crate::arrows::Arrows;
use crate::finding::Finding;
use crate::modules::Modules;
use crate::plan::rows;
use crate::rooms;

fn findings(plan: &str, planted: &[(&str, &str)]) -> Vec<Finding> {
    let sources = house(planted);
    let modules = Modules::of(CORE, &sources);
    rooms::findings(&rows(plan), &modules, &Arrows::among(&modules))
}

#[test]
fn the_clean_house_is_as_planned() {
    assert_eq!(findings(PLAN, &[]), []);
}

#[test]
fn an_arrow_back_is_found_however_it_is_drawn() {
    let ways = [
        ("use crate::attic::open;", "takes open from attic"),
        ("use super::attic::open;", "takes open from attic"),
        ("fn f() { crate::attic::open(1) }", "takes open from attic"),
        (
            "fn f() { dbg!(crate::attic::open(1)) }",
            "takes open from attic",
        ),
        (
            "use crate::hall::Door;",
            "takes Door from hall (src/hall/door.rs)",
        ),
        (
            "pub use crate::hall::Door;",
            "takes Door from hall (src/hall/door.rs)",
        ),
    ];
    for (code, told) in ways {
        let cellar = format!("//! Cellar.\npub struct Coal;\n{code}\n");
        let told = format!("src/cellar.rs:3: cellar {told}");
        assert_only(&findings(PLAN, &[("src/cellar.rs", &cellar)]), &told);
    }
}

#[test]
fn an_arrow_back_is_found_from_deep_inside_of_a_room() {
    let door = "//! Door.\npub struct Door;\nfn f() { super::super::attic::open(1) }\n";
    assert_only(
        &findings(PLAN, &[("src/hall/door.rs", door)]),
        "src/hall/door.rs:3: hall takes open from attic (src/attic.rs)",
    );
}

#[test]
fn a_room_that_may_import_nothing_imports_nothing() {
    let plan = "lib\nattic → cellar, hall\nhall\ncellar\n";
    let told = "src/hall/lamp.rs:3: hall takes Coal from cellar";
    assert_only(&findings(plan, &[]), told);
}

#[test]
fn every_name_that_is_taken_astray_is_told() {
    let cellar = "//! Cellar.\npub struct Coal;\nuse crate::hall::{Door, lamp::lit};\n";
    assert_eq!(findings(PLAN, &[("src/cellar.rs", cellar)]).len(), 2);
}

#[test]
fn a_room_without_a_row_is_told_with_the_row_that_it_needs() {
    let lib = "//! House.\npub mod attic;\npub mod cellar;\npub mod hall;\npub mod shed;\n";
    let shed = "//! Shed.\nuse crate::cellar::Coal;\nuse crate::hall::Door;\n";
    let findings = findings(PLAN, &[("src/lib.rs", lib), ("src/shed.rs", shed)]);
    assert_only(&findings, "src/shed.rs:1: the room shed has no row");
    assert_only(&findings, ": shed → cellar, hall");
}

#[test]
fn a_row_without_a_room_is_found() {
    let told = "plan.txt:5: well: there is no such room";
    assert_only(&findings(&format!("{PLAN}well\n"), &[]), told);
}

#[test]
fn an_allowed_arrow_that_nobody_uses_is_found() {
    let told = "plan.txt:2: attic: it may import hall, and does not";
    for test in ["", "#[cfg(test)]\nuse crate::hall::Door;\n"] {
        let attic = format!("//! Attic.\nuse crate::cellar::Coal;\npub fn open() {{}}\n{test}");
        assert_only(&findings(PLAN, &[("src/attic.rs", &attic)]), told);
    }
}

#[test]
fn a_plan_that_leads_up_is_found() {
    let plan = "lib\nhall → cellar\nattic → cellar,\n  hall\ncellar\n";
    let told = "plan.txt:3: attic: it may import hall, which has no row further down";
    assert_only(&findings(plan, &[]), told);
}

#[test]
#[should_panic(expected = "plan.txt:5: hall has a row already")]
fn a_second_row_for_a_room_is_refused() {
    findings(&format!("{PLAN}hall → attic\n"), &[]);
}
