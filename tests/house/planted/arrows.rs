//! Every way to import something is an arrow, and nothing else is.

use super::{CORE, house};
use crate::arrows::Arrows;
use crate::modules::Modules;
use crate::plan::Crate;

/// The arrows of the clean house, each as `from → to: names`.
const CLEAN_ARROWS: [&str; 5] = [
    "attic → cellar: Coal",
    "attic → hall/door: Door",
    "attic → hall/lamp: lit",
    "hall/lamp → cellar: Coal",
    "hall/lamp → hall/door: Door",
];

fn arrows_of(crates: &[Crate], planted: &[(&str, &str)]) -> Vec<String> {
    let sources = house(planted);
    let modules = Modules::of(crates, &sources);
    let short = |file: &str| {
        let file = file.trim_start_matches("src/");
        file.trim_end_matches(".rs").to_owned()
    };
    let arrows = Arrows::among(&modules);
    let all = arrows.iter().map(|((from, to), ties)| {
        let names: Vec<_> = ties.keys().map(String::as_str).collect();
        format!("{} → {}: {}", short(from), short(to), names.join(", "))
    });
    all.collect()
}

/// What these files add to the arrows of the clean house.
fn news(planted: &[(&str, &str)]) -> Vec<String> {
    let mut arrows = arrows_of(CORE, planted);
    arrows.retain(|arrow| !CLEAN_ARROWS.contains(&arrow.as_str()));
    arrows
}

#[test]
fn arrows_lead_to_what_defines_and_not_to_what_hands_on() {
    assert_eq!(arrows_of(CORE, &[]), CLEAN_ARROWS);
}

#[test]
fn every_way_to_name_is_an_arrow() {
    let ways = [
        ("by use", "use crate::attic::open;"),
        ("in a group", "use crate::{attic::{open}, hall};"),
        ("renamed", "use crate::attic::open as shut;"),
        ("without a name", "use crate::attic::open as _;"),
        ("by super", "use super::attic::open;"),
        ("by a glob", "use crate::attic::*;"),
        ("handed on", "pub use crate::attic::open;"),
        (
            "of an imported module",
            "use crate::attic; fn f() { attic::open(1) }",
        ),
        (
            "of a renamed module",
            "use crate::attic as roof; fn f() { roof::open(1) }",
        ),
        (
            "of a module by self",
            "use crate::attic::{self}; fn f() { attic::open(1) }",
        ),
        ("in an expression", "fn f() { 1 + crate::attic::open(1) }"),
        ("in a type", "struct S { it: Option<crate::attic::open> }"),
        ("in a signature", "fn f(it: &mut crate::attic::open) {}"),
        (
            "in a pattern",
            "fn f() { if let crate::attic::open(_) = 1 {} }",
        ),
        ("in a bound", "fn f<T: crate::attic::open>() {}"),
        ("in an impl", "impl crate::attic::open for Coal {}"),
        (
            "in a method",
            "impl Coal { fn f() { crate::attic::open(1) } }",
        ),
        (
            "of a type's",
            "fn f() { <crate::attic::open as Clone>::clone() }",
        ),
        (
            "by use in a function",
            "fn f() { use crate::attic::open; open(1) }",
        ),
        (
            "of a module in a function",
            "fn f() { use crate::attic; attic::open(1) }",
        ),
        (
            "in a macro's arguments",
            "fn f() { assert!(crate::attic::open(1)) }",
        ),
        (
            "in a macro's brackets",
            "fn f() { vec![(1, super::attic::open(1))]; }",
        ),
        (
            "of a module in a macro",
            "use crate::attic; fn f() { write!(\"{}\", attic::open(1)) }",
        ),
        (
            "in a macro",
            "macro_rules! m { ($it:expr) => { $crate::attic::open($it) } }",
        ),
        (
            "by use in a macro",
            "macro_rules! m { () => { use crate::attic::open; } }",
        ),
        (
            "at a macro's top",
            "thread_local! { static S: u8 = crate::attic::open(1) }",
        ),
        ("in an attribute", "#[derive(crate::attic::open)] struct S;"),
        (
            "in an attribute's text",
            "struct S { #[serde(with = \"crate::attic::open\")] it: u8 }",
        ),
        (
            "in an attribute of a use",
            "#[derive(crate::attic::open)] use std::fmt;",
        ),
        (
            "in an attribute of a module",
            "#[derive(crate::attic::open)] mod m {}",
        ),
        (
            "in a module of its own file",
            "mod m { use crate::attic::open; }",
        ),
        (
            "by super out of its own file",
            "mod m { fn f() { super::super::attic::open(1) } }",
        ),
        (
            "where it ships too",
            "#[cfg(any(test, unix))] use crate::attic::open;",
        ),
        (
            "where tests are not",
            "#[cfg(not(test))] use crate::attic::open;",
        ),
    ];
    for (way, code) in ways {
        let text = format!("pub struct Coal;\n{code}\n");
        let news = news(&[("src/cellar.rs", &text)]);
        assert_eq!(news, ["cellar → attic: open"], "{way}: {code}");
    }
}

#[test]
fn a_module_that_an_attribute_names_as_text_is_an_arrow() {
    let ways = [
        "struct S { #[serde(with = \"crate::attic\")] it: u8 }",
        "struct S { #[cfg_attr(unix, serde(with = \"super::attic\"))] it: u8 }",
        "use crate::attic; struct S { #[serde(with = \"attic\")] it: u8 }",
        "struct S { #[form(by = \"crate::attic\")] it: u8 }",
    ];
    for code in ways {
        let text = format!("pub struct Coal;\n{code}\n");
        let news = news(&[("src/cellar.rs", &text)]);
        assert_eq!(news, ["cellar → attic: attic"], "{code}");
    }
}

#[test]
fn what_names_nothing_is_no_arrow() {
    let codes = [
        "/// [`crate::attic::open`]\nfn f() {}",
        "// crate::attic::open\nfn f() {}",
        "const S: &str = \"crate::attic::open\";",
        "#[doc = \"crate::attic::open\"] fn f() {}",
        "#[allow(dead_code, reason = \"crate::attic::open needs it\")] fn f() {}",
        "#[command(name = \"house\")] struct S;",
        "use crate::attic; struct S { #[serde(rename = \"attic\")] it: u8 }",
        "pub(in crate::attic) fn f() {}",
        "use crate::attic;",
        "use std::open; fn f() { open(1) }",
        "fn f() { let open = 1; open }",
        "#[cfg(test)] use crate::attic::open;",
        "#[cfg(all(test, unix))] use crate::attic::open;",
        "#[cfg(test)] mod tests;",
        "#[cfg(test)] mod tests { use crate::attic::open; }",
        "#[test] fn f() { crate::attic::open(1) }",
        "impl Coal { #[cfg(test)] fn f() { crate::attic::open(1) } }",
        "trait T { #[cfg(test)] fn f() { crate::attic::open(1) } }",
        "fn f() { #[cfg(test)] crate::attic::open(1); }",
        "mod m { #[cfg(test)] use crate::attic::open; }",
    ];
    for code in codes {
        let text = format!("pub struct Coal;\n{code}\n");
        assert!(news(&[("src/cellar.rs", &text)]).is_empty(), "{code}");
    }
}

#[test]
fn re_exports_are_followed_to_their_end() {
    let ways = [
        ("by one", "pub use door::Door;", "crate::hall::Door"),
        (
            "renamed",
            "pub use door::Door as Gate;",
            "crate::hall::Gate",
        ),
        (
            "of a group",
            "pub(crate) use door::{self as d, Door};",
            "crate::hall::d::Door",
        ),
        ("of all", "pub use self::door::*;", "crate::hall::Door"),
        (
            "of a module",
            "pub use self::door as gate;",
            "crate::hall::gate::Door",
        ),
        (
            "by two",
            "mod in_it { pub use super::door::Door; } pub use in_it::Door;",
            "crate::hall::Door",
        ),
        (
            "in a circle",
            "pub use self::lamp::*; pub use self::door::*;",
            "crate::hall::Door",
        ),
    ];
    for (way, hands_on, path) in ways {
        let hall = format!("mod door;\npub mod lamp;\n{hands_on}\n");
        let cellar = format!("pub struct Coal;\nuse {path};\n");
        let lamp = "pub use super::*; pub fn lit(_: super::door::Door) {}";
        let planted = [
            ("src/attic.rs", ""),
            ("src/cellar.rs", cellar.as_str()),
            ("src/hall.rs", hall.as_str()),
            ("src/hall/lamp.rs", lamp),
        ];
        let arrows = arrows_of(CORE, &planted);
        assert!(
            arrows.contains(&"cellar → hall/door: Door".to_owned()),
            "{way}: {arrows:?}"
        );
        assert!(
            !arrows.iter().any(|it| it.contains("cellar → hall:")),
            "{way}: {arrows:?}"
        );
    }
}

#[test]
fn a_glob_takes_what_is_handed_on_without_a_name() {
    let ways = [
        "pub use crate::attic::Opens as _;",
        "pub use crate::attic::*;",
        "pub use self::door::*; pub use crate::cellar::*; pub use crate::attic::*;",
    ];
    for hands_on in ways {
        let hall = format!("mod door;\npub mod lamp;\n{hands_on}\n");
        let planted = [
            ("src/attic.rs", "pub trait Opens { fn open(&self) {} }"),
            (
                "src/cellar.rs",
                "use crate::hall::*;\npub struct Coal;\nfn f() { Coal.open() }",
            ),
            ("src/hall.rs", hall.as_str()),
            ("src/hall/door.rs", "pub use super::*;"),
            ("src/hall/lamp.rs", ""),
        ];
        let arrows = arrows_of(CORE, &planted);
        assert!(
            arrows.contains(&"cellar → attic: Opens".to_owned()),
            "{hands_on}: {arrows:?}"
        );
    }
}

#[test]
fn what_a_re_export_does_not_tell_is_taken_from_the_module_that_was_reached() {
    let hall = "mod door;\npub mod lamp;\npub use door::{Door, Latch};";
    let door = "pub struct Door;\nlatch! { Latch }";
    let cellar = "pub struct Coal;\nuse crate::hall::{Latch, Unheard};";
    let news = news(&[
        ("src/hall.rs", hall),
        ("src/hall/door.rs", door),
        ("src/cellar.rs", cellar),
    ]);
    assert_eq!(
        news,
        ["cellar → hall: Unheard", "cellar → hall/door: Latch"]
    );
}

#[test]
fn a_variant_is_its_types() {
    let attic = "pub enum Roof { Flat }";
    let cellar = "pub struct Coal;\nuse crate::attic::Roof::Flat;";
    let arrows = arrows_of(CORE, &[("src/attic.rs", attic), ("src/cellar.rs", cellar)]);
    assert!(
        arrows.contains(&"cellar → attic: Roof".to_owned()),
        "{arrows:?}"
    );
}

#[test]
fn a_name_can_be_a_modules_and_a_functions() {
    let hall = "pub mod lamp;\nmod door;\npub use lamp::lamp;\npub use door::Door;";
    let lamp = "pub fn lamp() {}\npub fn lit(_: super::Door) -> crate::cellar::Coal { todo!() }";
    let cellar = "pub struct Coal;\nuse crate::hall::lamp;\nfn f() { lamp(); lamp::lit(1) }";
    let news = news(&[
        ("src/hall.rs", hall),
        ("src/hall/lamp.rs", lamp),
        ("src/cellar.rs", cellar),
    ]);
    assert_eq!(news, ["cellar → hall/lamp: lamp, lit"]);
}

#[test]
fn a_parent_whose_code_uses_its_child_imports_it() {
    let hands_on = "mod door;\npub mod lamp;\npub use door::Door;\n";
    let ways = [
        ("by path", "fn f() { door::Door; }"),
        ("by use", "use self::door::Door as Gate;"),
        ("by the name that it hands on", "fn f(_: Door) {}"),
    ];
    for (way, code) in ways {
        let hall = format!("{hands_on}{code}");
        assert_eq!(
            news(&[("src/hall.rs", &hall)]),
            ["hall → hall/door: Door"],
            "{way}"
        );
    }
    let of_no_one =
        "mod door;\npub mod lamp;\npub use door::Door;\nfn f(it: It) { it.Door(); It { Door: 1 } }";
    assert!(news(&[("src/hall.rs", of_no_one)]).is_empty());
}

#[test]
fn what_a_parent_only_imports_its_children_can_take_through_it() {
    let hall =
        "mod door;\npub mod lamp;\npub use door::Door;\nuse crate::cellar::Coal;\nfn f(_: Coal) {}";
    let lamp = "pub fn lit(_: super::Door) -> super::Coal { todo!() }";
    let news = news(&[("src/hall.rs", hall), ("src/hall/lamp.rs", lamp)]);
    assert_eq!(news, ["hall → cellar: Coal"]);
}

#[test]
fn a_child_that_uses_its_parents_code_imports_it() {
    let hall = "mod door;\npub mod lamp;\npub use door::Door;\nconst HIGH: u8 = 3;";
    let door = "pub struct Door;\nfn f() { super::HIGH }";
    let news = news(&[("src/hall.rs", hall), ("src/hall/door.rs", door)]);
    assert_eq!(news, ["hall/door → hall: HIGH"]);
}

#[test]
fn modules_are_found_in_both_styles_and_in_their_own_file() {
    let lib = "pub mod attic;\npub mod cellar;\npub mod hall { pub mod stair; }\npub mod shed;\n";
    let planted = [
        ("src/lib.rs", lib),
        ("src/attic.rs", ""),
        ("src/hall/stair.rs", "use crate::shed::{Rake, Tool};"),
        (
            "src/shed/mod.rs",
            "pub mod rake;\npub use rake::Rake;\npub struct Tool;",
        ),
        ("src/shed/rake.rs", "pub struct Rake;\nuse super::Tool;"),
    ];
    let arrows = arrows_of(CORE, &planted);
    let expected = [
        "hall/stair → shed/mod: Tool",
        "hall/stair → shed/rake: Rake",
        "shed/rake → shed/mod: Tool",
    ];
    assert_eq!(arrows, expected);
}

#[test]
fn a_program_imports_its_library_by_name() {
    let crates = [("main", "src/main.rs"), ("house", "src/lib.rs")];
    let main = "mod porch;\nfn main() { porch::step() }";
    let porch = "use house::hall::Door;\npub fn step() { crate::main() }";
    let mut arrows = arrows_of(&crates, &[("src/main.rs", main), ("src/porch.rs", porch)]);
    arrows.retain(|arrow| !CLEAN_ARROWS.contains(&arrow.as_str()));
    let expected = [
        "main → porch: step",
        "porch → hall/door: Door",
        "porch → main: main",
    ];
    assert_eq!(arrows, expected);
}
