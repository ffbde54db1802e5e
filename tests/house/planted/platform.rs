//! The platform's SDK is found in the core, and left to the program.

use super::{assert_only, house};
use crate::platform::findings;

#[test]
fn the_clean_house_does_not_know_it() {
    assert_eq!(findings(&house(&[])), []);
}

#[test]
fn the_core_may_not_name_it() {
    let ways = [
        "use fastly::Request;",
        "fn f() { fastly::init() }",
        "fn f() { assert!(::fastly::init()) }",
        "extern crate fastly as platform;",
        "#[cfg(test)] mod tests { use fastly::Request; }",
    ];
    for code in ways {
        let cellar = format!("//! Cellar.\npub struct Coal;\n{code}\n");
        let told = "src/cellar.rs:3: the core names the crate fastly.";
        assert_only(&findings(&house(&[("src/cellar.rs", &cellar)])), told);
    }
}

#[test]
fn the_program_may_and_words_are_free() {
    let code = "use fastly::Request;";
    let words = "//! Not of fastly.\nconst S: &str = \"fastly\";";
    let planted = [
        ("src/main.rs", code),
        ("src/compute.rs", code),
        ("src/compute/cache.rs", code),
        ("bench/forwarder/src/main.rs", code),
        ("src/cellar.rs", words),
    ];
    assert_eq!(findings(&house(&planted)), []);
}
