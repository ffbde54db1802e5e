//! Tests of [`super`].

use std::fs;

use azat_edge::contract::signature::{SignedParts, sign};
use azat_edge::time::UnixTime;
use tempfile::tempdir;

use super::read;

#[test]
fn one_line_feed_at_the_end_is_not_part_of_the_secret() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("secret");
    let parts = SignedParts {
        method: "GET",
        path: "/",
        query: None,
        authorization: "Bearer a",
    };
    let signature_with = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        let secret = read(&path).unwrap();
        sign(&secret, parts, UnixTime::from_seconds(1)).signature
    };
    let secret = [7; 32];
    let bare = signature_with(&secret);
    assert_eq!(signature_with(&[&secret[..], b"\n"].concat()), bare);
    assert_ne!(signature_with(&[&secret[..], b"\n\n"].concat()), bare);
}

#[test]
fn a_short_secret_is_refused() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("secret");
    fs::write(&path, [&[7; 31][..], b"\n"].concat()).unwrap();
    let fault = read(&path).unwrap_err().to_string();
    let expected = format!("{}: expected at least 32 bytes of secret", path.display());
    assert_eq!(fault, expected);
}

#[test]
fn a_missing_file_is_named() {
    let fault = read("/nowhere/secret".as_ref()).unwrap_err().to_string();
    assert!(fault.starts_with("cannot read the secret in /nowhere/secret: "));
}
