//! Tests of [`super`].

use super::*;

#[test]
fn options_and_comments_are_passed_over_and_quotes_undone() {
    let manifest = CurlManifest::parse(concat!(
        "--create-dirs\n\n",
        "--write-out \"Downloading to: %{filename_effective}\\n\\n\"\n\n",
        "# File 'x' is currently not available.\n\n",
        "url=\"http://e/repository/files/u-1?catalog=demo&version=2024%3A\"\n",
        "output=\"b/it's \\\\ \\\"it\\\".txt\"\n\n",
    ))
    .unwrap();
    assert_eq!(manifest.entries.len(), 1);
    assert_eq!(manifest.entries[0].uuid(), "u-1");
    assert_eq!(
        manifest.entries[0].output,
        PathBuf::from("b/it's \\ \"it\".txt")
    );
}

#[test]
fn a_url_without_an_output_is_an_error() {
    assert!(CurlManifest::parse("url=\"http://e/a\"\nurl=\"http://e/b\"\n").is_err());
    assert!(CurlManifest::parse("url=\"http://e/a\"\n").is_err());
    assert!(CurlManifest::parse("output=\"a\"\n").is_err());
}
