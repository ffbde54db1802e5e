//! Houses with one thing wrong: each check finds what it is there for.

mod arrows;
mod circles;
mod grounds;
mod guide;
mod hidden;
mod platform;
mod rooms;
mod style;
mod trouble;

use super::finding::Finding;
use super::plan::Crate;
use super::source::Source;

/// The core alone, unless a test says otherwise.
const CORE: &[Crate] = &[("house", "src/lib.rs")];

/// A clean little house: `attic` stands on `hall`, whose files are in a folder, and both on
/// `cellar`.
const CLEAN: [(&str, &str); 6] = [
    (
        "src/lib.rs",
        "//! House.\npub mod attic;\npub mod cellar;\npub mod hall;\n",
    ),
    (
        "src/attic.rs",
        "//! Attic.\nuse crate::cellar::Coal;\nuse crate::hall::{self, Door as Gate};\n\
         pub fn open(gate: Gate) -> Coal { hall::lamp::lit(gate) }\n",
    ),
    (
        "src/hall.rs",
        "//! Hall.\nmod door;\npub mod lamp;\npub use door::Door;\n",
    ),
    ("src/hall/door.rs", "//! Door.\npub struct Door;\n"),
    (
        "src/hall/lamp.rs",
        "//! Lamp.\nuse super::Door;\npub fn lit(_: Door) -> crate::cellar::Coal { todo!() }\n",
    ),
    ("src/cellar.rs", "//! Cellar.\npub struct Coal;\n"),
];

/// The plan of the clean house.
const PLAN: &str = "lib\nattic → cellar, hall\nhall → cellar\ncellar\n";

/// Files of the clean house, with those that are given instead or besides.
fn house(planted: &[(&str, &str)]) -> Vec<Source> {
    let is_kept = |(path, _): &(&str, &str)| planted.iter().all(|(other, _)| other != path);
    let kept = CLEAN.into_iter().filter(is_kept);
    let all = kept.chain(planted.iter().copied());
    all.map(|(path, text)| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    })
    .collect()
}

/// There is one finding, and it says this.
#[track_caller]
fn assert_only(findings: &[Finding], told: &str) {
    let all: Vec<_> = findings.iter().map(Finding::to_string).collect();
    assert!(
        all.len() == 1 && all[0].contains(told),
        "expected: {told}\nfound:\n{}",
        all.join("\n")
    );
}
