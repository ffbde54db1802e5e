//! Tests of [`super`].

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// As many as the small run has.
const SMALL: Collection = Collection {
    files: 20_000,
    users: 10,
    public: 10,
};

#[test]
fn one_source_has_just_so_many_files() {
    let mut files = BTreeMap::<_, u64>::new();
    for number in 0..SMALL.files {
        *files.entry(source_of(number)).or_default() += 1;
    }
    assert_eq!(files.len() as u64, SOURCES);
    assert_eq!(files.remove(&0), Some(SINGLE_FILES));
    assert!(files.values().all(|files| (36..=37).contains(files)));
    assert_eq!(name_of(0), SINGLE_SOURCE);
}

#[test]
fn a_part_is_public_and_of_some_sources_all() {
    let everything = Collection {
        public: 100,
        ..SMALL
    };
    assert_eq!(everything.public_files(), SMALL.files);
    let mixed_sources = |public: bool| {
        let others = (SINGLE_FILES..SMALL.files).filter(|it| SMALL.is_public(*it) == public);
        others.map(source_of).collect::<BTreeSet<_>>()
    };
    assert!((0..SINGLE_FILES).all(|number| SMALL.is_public(number)));
    let wholly = &mixed_sources(true) - &mixed_sources(false);
    assert!(wholly.len() >= 20, "{wholly:?}");
    let million = Collection {
        files: 1_000_000,
        ..SMALL
    };
    let public = million.public_files();
    assert!((95_000..=105_000).contains(&public), "{public}");
}

#[test]
fn no_two_files_are_saved_to_one_place() {
    let mut places = BTreeSet::new();
    let mut uuids = BTreeSet::new();
    for number in 0..SMALL.files {
        let file = SMALL.file(number);
        let directory = file.get("bundle").unwrap_or(&file["uuid"]);
        assert!(places.insert(format!("{directory}/{}", file["name"])));
        assert!(uuids.insert(file["uuid"].to_string()));
    }
    let bundles = (0..SMALL.files).filter_map(|number| SMALL.file(number).get("bundle").cloned());
    let mut files_of = BTreeMap::<_, u64>::new();
    for bundle in bundles {
        *files_of.entry(bundle.to_string()).or_default() += 1;
    }
    assert!(files_of.values().all(|files| *files <= FILES_OF_A_BUNDLE));
    let whole = files_of
        .values()
        .filter(|files| **files == FILES_OF_A_BUNDLE);
    assert!(whole.count() >= 100);
}

#[test]
fn a_record_is_asked_for_of_a_file_that_is_there() {
    let uuids: BTreeSet<_> = (0..SMALL.files).map(uuid).collect();
    for turn in 0..100 {
        let file = SMALL.some_file(turn);
        let (_, rest) = file.split_once('/').unwrap();
        let (uuid, version) = rest.split_once('?').unwrap();
        assert!(uuids.contains(uuid), "{file}");
        assert_eq!(version, "version=2024-05-06T07%3A08%3A09.000000Z");
    }
    assert_ne!(SMALL.some_file(0), SMALL.some_file(1));
}

#[test]
fn the_reader_has_many_sources() {
    let of = |number| user(number)["sources"].as_array().unwrap().len();
    assert_eq!((of(0), of(1)), (100, 5));
    let reader = user(0);
    let expected = format!("{}#{}", ISSUER, reader["subject"].as_str().unwrap());
    assert_eq!(SMALL.reader(), expected);
}
