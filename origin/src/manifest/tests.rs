//! Tests of [`super`].

use azat_edge::file::Catalog;
use azat_edge::time::UnixTime;
use serde_json::{Value, json};

use super::{Manifest, ManifestKey, NotAManifest};
use crate::samples::{UUID, file_line};

const OTHER_UUID: &str = "90a04bb29d1d0d7ee64e4015f65b281c";

fn manifest(changes: &[Value]) -> Result<Manifest, NotAManifest> {
    let files: Vec<_> = (changes.iter())
        .map(|changes| serde_json::from_value(file_line(changes.clone())).unwrap())
        .collect();
    let catalog = Catalog::parse("demo").unwrap();
    Manifest::of(catalog, &files, UnixTime::from_seconds(1))
}

#[test]
fn files_keep_their_order() {
    let manifest = manifest(&[json!({}), json!({"uuid": OTHER_UUID})]).unwrap();
    let uuids: Vec<_> = manifest
        .files
        .iter()
        .map(|file| file.uuid.as_str())
        .collect();
    assert_eq!(uuids, [UUID, OTHER_UUID]);
}

#[test]
fn no_two_files_have_one_output() {
    let bundle = "9ea02f60-ba2a-4b78-a9fc-f86cf954082b";
    let outcome = manifest(&[
        json!({"bundle": bundle, "name": "a?"}),
        json!({"bundle": bundle, "name": "a*", "uuid": OTHER_UUID}),
    ]);
    assert_eq!(
        outcome,
        Err(NotAManifest::SameOutput {
            path: format!("{bundle}/a_"),
            first: UUID.into(),
            second: OTHER_UUID.into(),
        })
    );
}

#[test]
fn nothing_is_not_a_manifest() {
    assert_eq!(manifest(&[]), Err(NotAManifest::Empty("demo".into())));
}

#[test]
fn keys_are_long_random_and_hidden() {
    let (one, other) = (
        ManifestKey::generate().unwrap(),
        ManifestKey::generate().unwrap(),
    );
    assert_eq!(one.as_str().len(), 22);
    assert_ne!(one.as_str(), other.as_str());
    assert_eq!(format!("{one:?}"), "ManifestKey(…)");
}
