//! Tests of [`super`].

use super::*;

#[test]
fn what_is_missing_is_told_with_the_command_to_run() {
    let told = present("Viceroy", PathBuf::from("/nowhere/viceroy"))
        .unwrap_err()
        .to_string();
    let expected =
        "Viceroy is missing (/nowhere/viceroy): run `cargo xtask test`, which builds everything";
    assert_eq!(told, expected);
}

#[test]
fn a_program_of_another_version_is_not_taken() {
    assert!(!is_viceroy(Path::new("curl")));
    assert!(!is_viceroy(Path::new("/nowhere/viceroy")));
}

#[test]
fn the_workspace_holds_this_crate() {
    assert!(workspace().join("testbed/Cargo.toml").is_file());
}
