//! Tests of [`super`].

use super::{FileName, NotAFileName};

fn path(name: &str) -> Result<String, NotAFileName> {
    FileName::try_from(name.to_owned()).map(|name| name.relative_path())
}

#[test]
fn what_windows_reserves_is_replaced() {
    assert_eq!(path(r#"a<b>:"|?*.txt"#), Ok("a_b______.txt".into()));
    for name in [
        "a",
        "foo bar&'1'.txt",
        "\u{e5}/\u{1f9ec}.bam",
        ".hidden",
        "a..b",
        "_/b/.c",
    ] {
        assert_eq!(path(name), Ok(name.into()));
    }
    assert_eq!(path("?"), Ok("_".into()));
}

#[test]
fn what_would_end_a_line_or_a_directory_is_refused() {
    for name in ["a\nb", "a\rb", "a\0", "\u{85}", "\u{7f}", "a\\b"] {
        assert_eq!(path(name), Err(NotAFileName::Character), "{name:?}");
    }
}

#[test]
fn what_is_not_seen_is_refused() {
    for name in [
        "a\u{202e}txt.exe",
        "a\u{200b}",
        "\u{feff}a",
        "a\u{2028}b",
        "a\u{2066}b",
        "a\u{ad}b",
        "a\u{e0041}",
        "a\u{ffff}",
        "\u{3164}",
    ] {
        assert_eq!(path(name), Err(NotAFileName::Invisible), "{name:?}");
    }
}

#[test]
fn what_is_too_long_for_some_disk_is_refused() {
    for name in [
        "a".repeat(256),
        "\u{1f9ec}".repeat(64),
        format!("b/{}/c", "a".repeat(256)),
    ] {
        assert_eq!(path(&name), Err(NotAFileName::Length), "{name:?}");
    }
    let long = ["a"; 3].map(|letter| letter.repeat(255)).join("/");
    assert_eq!(path(&long), Ok(long.clone()));
    assert_eq!(
        path(&format!("{long}/{}", "b".repeat(133))),
        Err(NotAFileName::Length)
    );
}

#[test]
fn a_path_stays_below_its_directory() {
    let refused = [
        "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "..a", "a.", "a ", " a", ". ",
        "a/ b",
    ];
    for name in refused {
        assert_eq!(path(name), Err(NotAFileName::Component), "{name:?}");
    }
}

#[test]
fn devices_are_not_files() {
    for name in [
        "CON",
        "nul",
        "NUL.txt",
        "a/com1",
        "LPT9.tar.gz",
        "aux .c",
        "COM\u{b9}.txt",
        "lpt\u{b3}",
        "CONOUT$",
        "conin$.log",
    ] {
        assert_eq!(path(name), Err(NotAFileName::Reserved), "{name:?}");
    }
    for name in ["CONTENTS", "com0", "com10", "lpt", "x.nul"] {
        assert_eq!(path(name), Ok(name.into()));
    }
}
