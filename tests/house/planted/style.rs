//! Files that do not look like the others are found.

use super::{assert_only, house};
use crate::finding::Finding;
use crate::style;

fn findings(planted: &[(&str, &str)]) -> Vec<Finding> {
    style::findings(&[], &house(planted))
}

#[test]
fn the_clean_house_looks_alike() {
    assert_eq!(findings(&[]), []);
}

#[test]
fn a_file_without_an_opening_is_found() {
    let told = "src/cellar.rs:1: a file opens with `//!`";
    let openings = ["", "// Cellar.\n", "/// Coal.\n", "\n//! Cellar.\n"];
    for opening in openings {
        let cellar = format!("{opening}struct Coal;\n");
        assert_only(&findings(&[("src/cellar.rs", &cellar)]), told);
    }
}

#[test]
fn an_excepted_file_may_be_silent_and_has_to_be() {
    let silent = house(&[("src/cellar.rs", "pub struct Coal;\n")]);
    let excepted = [("src/cellar.rs", "Coal speaks for itself.")];
    assert_eq!(style::findings(&excepted, &silent), []);

    let told = "src/cellar.rs:1: UNDOCUMENTED has this file, which opens";
    assert_only(&style::findings(&excepted, &house(&[])), told);
    let told = "src/well.rs:1: UNDOCUMENTED has this file, which is not there";
    let excepted = [("src/well.rs", "It is dry.")];
    assert_only(&style::findings(&excepted, &house(&[])), told);
}

#[test]
fn mod_rs_is_found() {
    let told = "src/hall/mod.rs:1: name this file after its module: src/hall.rs";
    assert_only(&findings(&[("src/hall/mod.rs", "//! Hall.\n")]), told);
    assert_eq!(findings(&[("tests/edge/support/mod.rs", "//! S.\n")]), []);
}

#[test]
fn a_name_without_a_concept_is_found() {
    for name in ["utils", "time_and_date", "misc", "url_helpers"] {
        let path = format!("testbed/src/{name}.rs");
        assert_only(&findings(&[(&path, "//! Things.\n")]), "is no concept");
    }
    let innocent = [
        ("src/command.rs", "//! C.\n"),
        ("src/android.rs", "//! A.\n"),
    ];
    assert_eq!(findings(&innocent), []);
}

#[test]
fn tests_among_the_code_are_found() {
    let ways = [
        ("#[cfg(test)] mod tests { #[test] fn f() {} }", "tests"),
        ("#[cfg(all(test, unix))] mod checks {}", "checks"),
        ("mod m { #[cfg(test)] mod tests {} }", "tests"),
        ("#[test] fn f() {}", "tests"),
    ];
    for (code, name) in ways {
        let text = format!("//! Text.\n{code}\n");
        for (file, folder) in [
            ("origin/src/azat", "origin/src/azat"),
            ("origin/src/lib", "origin/src"),
        ] {
            let findings = findings(&[(&format!("{file}.rs"), &text)]);
            assert_only(&findings, &format!("{file}.rs:2: "));
            assert_only(&findings, &format!(" to {folder}/{name}.rs"));
        }
    }
}

#[test]
fn tests_in_files_of_their_own_are_not() {
    let cellar = "//! C.\n#[cfg(test)]\nmod tests;\n#[cfg(any(test, unix))]\nmod m {}\n";
    let tests = "//! T.\n#[test]\nfn f() {}\n";
    let planted = [
        ("src/cellar.rs", cellar),
        ("src/cellar/tests.rs", tests),
        ("src/hall/tests/doors.rs", tests),
        ("tests/edge/log.rs", tests),
    ];
    assert_eq!(findings(&planted), []);
}

#[test]
fn a_wide_comment_is_found() {
    let wide = "w ".repeat(50);
    let lines = [
        format!("//! {wide}."),
        format!("/// {wide}.\nstruct Coal;"),
        format!("    // {wide}."),
        format!("struct Coal; // {wide}."),
        format!("const S: &str = \"://\"; // {wide}."),
        format!("const S: &str = \"// \\\"\"; // {wide}."),
    ];
    for line in lines {
        let cellar = format!("//! Cellar.\n{line}\n");
        let told = "src/cellar.rs:2: a comment is 1";
        assert_only(&findings(&[("src/cellar.rs", &cellar)]), told);
    }
}

#[test]
fn columns_are_counted_and_not_bytes() {
    let cellar = |arrows| format!("//! Cellar.\n// {}\n", "→".repeat(arrows));
    assert_eq!(findings(&[("src/cellar.rs", &cellar(97))]), []);
    let told = "a comment is 101 columns wide";
    assert_only(&findings(&[("src/cellar.rs", &cellar(98))]), told);
}

#[test]
fn what_cannot_be_wrapped_may_be_wide() {
    let wide = "w ".repeat(50);
    let lines = [
        format!("// See https://example.org/{}", "w".repeat(100)),
        format!("/// | {wide} |\nstruct Coal;"),
        format!("const S: &str = \"// {wide}\";"),
        format!("const S: &str = \"\n// {wide}\n\";"),
        format!("const S: &str = r#\"\n/// {wide}\n\"#; // narrow"),
    ];
    for line in lines {
        let cellar = format!("//! Cellar.\n{line}\n");
        assert_eq!(findings(&[("src/cellar.rs", &cellar)]), [], "{line}");
    }
}
