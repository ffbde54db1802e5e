//! The house: how the source code is laid out, and that it stays so.
//!
//! `plan.txt` is the one table to change when a room is added or moved. Everything else here reads
//! the code and compares: which file imports which ([`arrows`]), that these arrows form no circle
//! ([`circles`]) and lead down from room to room ([`rooms`]), that the platform stays outside the
//! core ([`platform`]), that every denial is in its table ([`grounds`]), that the contributor's
//! page is true ([`guide`]), that the tests which the page on trouble names are there
//! ([`trouble`]), and that files look alike ([`style`]). All this is worth something
//! only while no code is out of sight ([`hidden`]). A check that cannot fail is worth nothing:
//! [`planted`] breaks each rule in a little house of its own.
#![cfg(not(target_os = "wasi"))]

mod arrows;
mod circles;
mod finding;
mod grounds;
mod guide;
mod hidden;
mod import;
mod mention;
mod modules;
mod outline;
mod plan;
mod planted;
mod platform;
mod resolve;
mod rooms;
mod shipped;
mod source;
mod style;
mod trouble;

use arrows::Arrows;
use finding::assert_none;
use modules::Modules;
use source::all;

#[test]
fn files_import_each_other_in_no_circle() {
    let sources = all();
    let modules = Modules::of(&plan::CRATES, &sources);
    assert_none(circles::findings(&Arrows::among(&modules)));
}

#[test]
fn arrows_lead_down_from_room_to_room() {
    let sources = all();
    let modules = Modules::of(&plan::CRATES, &sources);
    assert_none(rooms::findings(
        &plan::rooms(),
        &modules,
        &Arrows::among(&modules),
    ));
}

#[test]
fn nothing_hides_from_these_checks() {
    assert_none(hidden::findings(&plan::CRATES, &all()));
}

#[test]
fn only_the_program_names_the_platform() {
    assert_none(platform::findings(&all()));
}

#[test]
fn every_denial_is_in_the_table() {
    let sources = all();
    let modules = Modules::of(&plan::CRATES, &sources);
    assert_none(grounds::findings(&modules, &sources));
}

#[test]
fn the_contributors_page_shows_a_whole_credential_system() {
    let page = include_str!("../../docs/contributing.md");
    assert_none(guide::findings(page, &all()));
}

#[test]
fn the_page_on_trouble_names_tests() {
    let page = include_str!("../../docs/trouble.md");
    assert_none(trouble::findings(page, &all()));
}

#[test]
fn files_look_alike() {
    assert_none(style::findings(&plan::UNDOCUMENTED, &all()));
}
