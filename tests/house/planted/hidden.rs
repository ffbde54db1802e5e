//! What the other checks would not see is found.

use super::{CORE, assert_only, house};
use crate::finding::Finding;
use crate::hidden;

fn findings(planted: &[(&str, &str)]) -> Vec<Finding> {
    hidden::findings(CORE, &house(planted))
}

#[test]
fn the_clean_house_hides_nothing() {
    assert_eq!(findings(&[]), []);
}

#[test]
fn ways_around_are_found() {
    let ways = [
        ("#[path = \"attic.rs\"] mod hall {}", "`#[path]`"),
        (
            "#[cfg_attr(unix, path = \"attic.rs\")] mod hall {}",
            "`#[path]`",
        ),
        ("mod m { #![path = \"attic\"] }", "`#[path]`"),
        ("include!(\"cellar.inc\");", "`include!`"),
        ("fn f() { std::include!(\"cellar.inc\") }", "`include!`"),
        ("extern crate self as me;", "`extern crate`"),
        ("m! { extern crate self as me; }", "`extern crate`"),
        ("#[macro_export] macro_rules! m { () => {} }", "the macro"),
        ("#[macro_use] mod m {}", "the macro"),
        ("#[cfg_attr(unix, macro_use)] mod m {}", "the macro"),
        (
            "fn f() { mod m { use super::super::attic::open; } }",
            "a module in",
        ),
        (
            "const _: () = { mod m { fn g() { super::super::attic::open(1) } } };",
            "a module in",
        ),
        ("impl Coal { fn f() { mod m {} } }", "a module in"),
        ("child! { mod m {} }", "a module in"),
        (
            "macro_rules! child { ($n:ident) => { mod $n; } }",
            "a module in",
        ),
    ];
    for (code, told) in ways {
        let cellar = format!("//! Cellar.\npub struct Coal;\n{code}\n");
        let told = format!("src/cellar.rs:3: {told}");
        assert_only(&findings(&[("src/cellar.rs", &cellar)]), &told);
    }
}

#[test]
fn a_macro_above_a_module_is_found() {
    let lamp = ("src/cellar/lamp.rs", "//! Lamp.\nfn f() { lit!() }\n");
    let told = "src/cellar.rs:3: the macro further up";
    for module in ["mod lamp;", "mod outer { mod lamp; }"] {
        let cellar = format!("//! C.\nmacro_rules! lit {{ () => {{}} }}\n{module}\n");
        let outer = ("src/cellar/outer/lamp.rs", lamp.1);
        let lamp = if module == "mod lamp;" { lamp } else { outer };
        assert_only(&findings(&[("src/cellar.rs", &cellar), lamp]), told);
    }
    let cellar = "//! C.\nmod lamp;\nmacro_rules! lit { () => {} }\n#[cfg(test)]\nmod tests;\n";
    let tests = ("src/cellar/tests.rs", "//! T.\n");
    assert_eq!(findings(&[("src/cellar.rs", cellar), lamp, tests]), []);
}

#[test]
fn a_file_to_which_no_mod_leads_is_found() {
    let ways = [
        ("src/shed.rs", ""),
        ("src/bin/shed.rs", ""),
        // Made by a macro.
        ("src/cellar/evil.rs", "child!(evil);"),
        // A module in the same file is no file.
        ("src/cellar/m.rs", "mod m {}"),
        ("src/cellar/shed.rs", "// mod shed;"),
    ];
    for (path, code) in ways {
        let cellar = format!("//! Cellar.\npub struct Coal;\n{code}\n");
        let planted = [("src/cellar.rs", cellar.as_str()), (path, "//! Shed.\n")];
        let told = format!("{path}:1: no `mod` leads to this file");
        assert_only(&findings(&planted), &told);
    }
}

#[test]
fn what_is_reached_or_of_no_checked_crate_is_not() {
    let cellar = "//! C.\nmod r#box;\nmod m { mod deep; }\nmod old;\n#[cfg(test)]\nmod tests;\n\
                  const S: &str = include_str!(\"path.txt\");\n\
                  #[serde(path = \"attic\")] struct Path { path: u8, include: bool }\n";
    let planted = [
        ("src/cellar.rs", cellar),
        ("src/cellar/box.rs", "//! B.\n"),
        ("src/cellar/m/deep.rs", "//! D.\n"),
        ("src/cellar/old/mod.rs", "//! O.\nmod inner;\n"),
        ("src/cellar/old/inner.rs", "//! I.\n"),
        ("src/cellar/tests.rs", "//! T.\nmod doors;\n"),
        ("src/cellar/tests/doors.rs", "//! D.\n"),
        ("fuzz/src/lib.rs", "//! F.\n#[path = \"a.rs\"] mod a;\n"),
        ("build.rs", "//! B.\n"),
    ];
    assert_eq!(findings(&planted), []);
}
