//! Files look alike, in every crate of the repository.

use std::collections::BTreeMap;

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::Item;
use syn::spanned::Spanned;

use super::finding::Finding;
use super::shipped::{is_for_tests, syntax};
use super::source::Source;

/// How wide a comment may be. The formatter sees to code.
const COLUMNS: usize = 100;

/// Words that say what a file is not, instead of the one thing that it is about.
const NO_CONCEPTS: [&str; 9] = [
    "and", "common", "helper", "helpers", "misc", "shared", "stuff", "util", "utils",
];

/// Looks at each file alone. Those of `undocumented` need no documentation.
pub(crate) fn findings(undocumented: &[(&str, &str)], sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        let may_be_silent = undocumented.iter().any(|(path, _)| *path == source.path);
        findings.extend(opening(source, may_be_silent));
        findings.extend(name(source));
        findings.extend(inline_tests(source, &syntax(source).items));
        findings.extend(wide_comments(source));
    }
    let is_there = |path: &str| sources.iter().any(|source| source.path == path);
    for (path, _) in undocumented {
        if !is_there(path) {
            let told = "UNDOCUMENTED has this file, which is not there. Take it out.";
            findings.push(Finding::new(path, 1, told));
        }
    }
    findings
}

/// A file says first what it is about.
fn opening(source: &Source, may_be_silent: bool) -> Option<Finding> {
    let is_silent = !source.text.starts_with("//!");
    let told = match (is_silent, may_be_silent) {
        (true, false) => "a file opens with `//!` and a sentence on what it is about. Write one.",
        (false, true) => "UNDOCUMENTED has this file, which opens with `//!`. Take it out.",
        (true, true) | (false, false) => return None,
    };
    Some(Finding::new(&source.path, 1, told))
}

/// A file is named after its one concept.
fn name(source: &Source) -> Option<Finding> {
    let (folder, file) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
    if file == "mod.rs" && !is_of_tests(source) {
        let told = format!("name this file after its module: {folder}.rs, beside the folder.");
        return Some(Finding::new(&source.path, 1, told));
    }
    let mut words = file.trim_end_matches(".rs").split('_');
    let word = words.find(|word| NO_CONCEPTS.contains(word))?;
    let told = format!(
        "\"{word}\" is no concept. Name this file after the one thing it is about, or split it."
    );
    Some(Finding::new(&source.path, 1, told))
}

/// Unit tests are in files of their own: a reader of the code does not scroll past them.
fn inline_tests(source: &Source, items: &[Item]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for item in items {
        match item {
            Item::Mod(module) => {
                let Some((_, inner)) = &module.content else {
                    continue;
                };
                if is_for_tests(module) {
                    let name = &module.ident;
                    let told = format!(
                        "tests stand among the code. Move them to {}, and leave `mod {name};`.",
                        file_of_child(&source.path, &name.to_string())
                    );
                    findings.push(Finding::new(&source.path, name.span().start().line, told));
                } else {
                    findings.extend(inline_tests(source, inner));
                }
            }
            Item::Fn(function) if !is_of_tests(source) => {
                let is_test = (function.attrs.iter()).any(|it| it.path().is_ident("test"));
                if is_test {
                    let told = format!(
                        "a test stands among the code. Move it to {}.",
                        file_of_child(&source.path, "tests")
                    );
                    let line = function.sig.span().start().line;
                    findings.push(Finding::new(&source.path, line, told));
                }
            }
            _ => {}
        }
    }
    findings
}

/// Is it a test's, of a module or of a crate?
fn is_of_tests(source: &Source) -> bool {
    source
        .path
        .trim_end_matches(".rs")
        .split('/')
        .any(|part| part == "tests")
}

fn file_of_child(path: &str, child: &str) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    match file {
        "lib.rs" | "main.rs" | "mod.rs" => format!("{folder}/{child}.rs"),
        _ => format!("{}/{child}.rs", path.trim_end_matches(".rs")),
    }
}

/// Comments are narrow enough for two files to stand side by side. A URL cannot be broken, and
/// neither can the row of a table.
fn wide_comments(source: &Source) -> Vec<Finding> {
    let mut ends = BTreeMap::new();
    note_ends(
        source.text.parse().expect("a source file is Rust"),
        &mut ends,
    );
    let mut findings = Vec::new();
    for (line, text) in (1..).zip(source.text.lines()) {
        let columns = text.chars().count();
        let end = ends.get(&line).copied().unwrap_or(0);
        let after_code: String = text.chars().skip(end).collect();
        let Some((_, comment)) = after_code.split_once("//") else {
            continue;
        };
        let comment = comment.trim_start_matches(['/', '!', ' ']);
        if columns > COLUMNS && !comment.contains("://") && !comment.starts_with('|') {
            let told = format!("a comment is {columns} columns wide. Wrap it at {COLUMNS}.");
            findings.push(Finding::new(&source.path, line, told));
        }
    }
    findings
}

/// Notes the column in which the last word, bracket or text of a line ends: what follows is a
/// comment. A line inside of a text has no comment. Documentation is code to the compiler, and a
/// comment here.
fn note_ends(code: TokenStream, ends: &mut BTreeMap<usize, usize>) {
    for token in code {
        let span = match token {
            // Of documentation, too: it spans the comment that it was.
            TokenTree::Punct(_) => continue,
            TokenTree::Group(group) if is_documentation(&group) => continue,
            TokenTree::Group(group) => {
                note_ends(group.stream(), ends);
                ends.entry(group.span_open().end().line)
                    .or_insert(group.span_open().end().column);
                group.span_close()
            }
            TokenTree::Ident(word) => word.span(),
            TokenTree::Literal(text) => text.span(),
        };
        for line in span.start().line..span.end().line {
            ends.insert(line, usize::MAX);
        }
        ends.insert(span.end().line, span.end().column);
    }
}

fn is_documentation(group: &Group) -> bool {
    let first = group.stream().into_iter().next();
    matches!(first, Some(TokenTree::Ident(name)) if name == "doc")
}
