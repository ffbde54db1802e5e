//! Nothing hides from the checks. They read files along `mod`, and trace names as they are written.
//!
//! Rust knows ways around both. Following them all would be a compiler of our own, and nothing here
//! needs them: they are not used, in tests neither.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Finding;
use super::outline::Outline;
use super::plan::Crate;
use super::source::Source;

/// Ways around, and files to which no `mod` leads, beside and below the roots of some crates.
pub(crate) fn findings(crates: &[Crate], sources: &[Source]) -> Vec<Finding> {
    let roots: BTreeSet<_> = crates.iter().map(|(_, root)| *root).collect();
    let folders: Vec<_> = roots.iter().filter_map(|root| folder_of(root)).collect();
    let is_ours = |source: &&Source| {
        let mut rests = folders.iter().filter_map(|it| source.path.strip_prefix(it));
        rests.any(|rest| rest.starts_with('/'))
    };
    let outlines: BTreeMap<_, _> = (sources.iter().filter(is_ours))
        .map(|source| {
            let path = source.path.as_str();
            let outline = Outline::of(source, children_of(path, roots.contains(path)));
            (path, outline)
        })
        .collect();

    let reached = reached(&roots, &outlines);
    let mut findings = Vec::new();
    for (path, outline) in &outlines {
        for (line, told) in &outline.ways_around {
            findings.push(Finding::new(path, *line, *told));
        }
        if !reached.contains(path) {
            let told = "no `mod` leads to this file, so that no check reads what it imports. \
                        Declare it, or take it out. A program of its own goes into CRATES, in \
                        tests/house/plan.rs.";
            findings.push(Finding::new(path, 1, told));
        }
    }
    findings
}

/// The files to which `mod` leads, those of tests too.
fn reached<'a>(roots: &BTreeSet<&str>, outlines: &BTreeMap<&'a str, Outline>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<String> = roots.iter().map(|root| (*root).to_owned()).collect();
    while let Some(path) = next.pop() {
        if let Some((path, outline)) = outlines.get_key_value(path.as_str())
            && reached.insert(*path)
        {
            let children = outline.children.iter();
            next.extend(children.flat_map(|it| [format!("{it}.rs"), format!("{it}/mod.rs")]));
        }
    }
    reached
}

/// The folder of the files of a file's children.
fn children_of(path: &str, is_root: bool) -> &str {
    match folder_of(path) {
        Some(folder) if is_root || path.ends_with("/mod.rs") => folder,
        _ => path.trim_end_matches(".rs"),
    }
}

fn folder_of(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}
