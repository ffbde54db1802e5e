//! Tests of [`super`].

use std::collections::BTreeSet;

use azat_edge::file::Catalog;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use super::{Listed, Readable, Selection};
use crate::samples::{file_line, lines};
use crate::store::Store;
use crate::store::row::FORM;
use crate::store::tables::FILES;

const NEWER: &str = "2019-01-01T00:00:00.000000Z";

struct Library {
    _directory: TempDir,
    store: Store,
}

impl Library {
    fn new(files: impl IntoIterator<Item = Value>) -> Self {
        let directory = tempdir().unwrap();
        let store = Store::open_or_create(&directory.path().join("store")).unwrap();
        let library = Self {
            _directory: directory,
            store,
        };
        library.import(files);
        library
    }

    fn import(&self, files: impl IntoIterator<Item = Value>) {
        let text = lines(files);
        self.store.import_files(text.as_bytes()).unwrap();
    }

    /// The selection of all files of the catalog, as they are now.
    fn all(&self) -> Selection {
        Selection {
            catalog: Catalog::parse("demo").unwrap(),
            sources: None,
            readable: Readable::Everything,
            revision: self.store.revision().unwrap(),
        }
    }

    /// Uuid and version of each line, or the uuid and `!` for a row that cannot be read; read in
    /// as many pieces as possible.
    fn listed(&self, selection: &Selection) -> Vec<(String, String)> {
        let mut listing = self.store.list(selection).unwrap();
        let mut listed = Vec::new();
        while !listing.is_over() {
            let lines = self.store.next_of(&mut listing, 1).unwrap();
            assert!(lines.len() <= 1);
            listed.extend(lines.into_iter().map(|line| match line {
                Listed::File(placed) => (
                    short(placed.file.uuid.as_str()),
                    placed.file.version.as_str().to_owned(),
                ),
                Listed::Unreadable { uuid, .. } => (short(&uuid), "!".to_owned()),
            }));
        }
        let in_one = {
            let mut listing = self.store.list(selection).unwrap();
            let mut count = 0;
            while !listing.is_over() {
                count += self.store.next_of(&mut listing, 1_000).unwrap().len();
            }
            count
        };
        assert_eq!(listed.len(), in_one);
        listed
    }

    fn uuids(&self, selection: &Selection) -> Vec<String> {
        self.listed(selection)
            .into_iter()
            .map(|(uuid, _)| uuid)
            .collect()
    }
}

fn file(number: u8, changes: Value) -> Value {
    let mut line = file_line(changes);
    line["uuid"] = format!("{number:032}").into();
    line
}

fn short(uuid: &str) -> String {
    uuid.trim_start_matches('0').to_owned()
}

#[test]
fn it_lists_what_is_asked_for_and_may_be_read() {
    let library = Library::new([
        file(1, json!({})),
        file(2, json!({"source": "s2"})),
        file(3, json!({"source": "s2", "public": true})),
        file(4, json!({"source": "s3", "public": true})),
        file(5, json!({"source": "s1", "catalog": "demo-it"})),
        file(6, json!({"source": "s1"})),
    ]);
    let all = library.all();
    assert_eq!(library.uuids(&all), ["1", "6", "2", "3", "4"]);
    assert_eq!(library.store.list(&all).unwrap().length(), 5);
    let of = |readable: &[&str], sources: Option<&[&str]>| {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let selection = Selection {
            sources: sources.map(names),
            readable: Readable::PublicAnd(names(readable)),
            ..library.all()
        };
        library.uuids(&selection)
    };
    assert_eq!(of(&[], None), ["3", "4"]);
    assert_eq!(of(&["s2"], None), ["2", "3", "4"]);
    assert_eq!(of(&["s2"], Some(&["s2"])), ["2", "3"]);
    assert_eq!(of(&["s2"], Some(&["s1"])), [""; 0]);
    assert_eq!(of(&["s2"], Some(&[])), [""; 0]);
    let elsewhere = Selection {
        catalog: Catalog::parse("dem").unwrap(),
        ..library.all()
    };
    assert_eq!(library.uuids(&elsewhere), [""; 0]);
}

#[test]
fn a_version_that_came_later_is_not_listed() {
    let library = Library::new([file(1, json!({})), file(2, json!({}))]);
    let before = library.all();
    library.import([
        file(1, json!({"version": NEWER})),
        file(3, json!({})),
        // An older version that is imported late.
        file(2, json!({"version": "2001-01-01T00:00:00.000000Z"})),
    ]);
    let version = file_line(json!({}))["version"].as_str().unwrap().to_owned();
    let of = |number: &str, version: &str| (number.to_owned(), version.to_owned());
    let expected = [of("1", &version), of("2", &version)];
    assert_eq!(library.listed(&before), expected);
    let expected = [of("1", NEWER), of("2", &version), of("3", &version)];
    assert_eq!(library.listed(&library.all()), expected);
}

#[test]
fn a_file_is_listed_where_its_newest_version_stands() {
    let library = Library::new([
        file(1, json!({})),
        file(1, json!({"version": NEWER, "source": "s2"})),
    ]);
    let only = |source: &str| Selection {
        sources: Some(BTreeSet::from([source.to_owned()])),
        ..library.all()
    };
    assert_eq!(library.uuids(&only("s1")), [""; 0]);
    assert_eq!(library.uuids(&only("s2")), ["1"]);
    let before = library.all();
    library.import([file(
        1,
        json!({"version": NEWER, "source": "s3", "public": true}),
    )]);
    assert_eq!(library.uuids(&only("s2")), [""; 0]);
    assert_eq!(library.uuids(&only("s3")), ["1"]);
    assert_eq!(library.uuids(&before), ["1"]);
}

#[test]
fn a_bad_row_is_one_line_and_can_be_replaced() {
    let library = Library::new([file(1, json!({})), file(2, json!({})), file(3, json!({}))]);
    let before = library.all();
    let key = format!(
        "demo/{:032}/{}",
        2,
        file_line(json!({}))["version"].as_str().unwrap()
    );
    for bad in [(FORM + 1, "{}"), (FORM, "{\"file\":1}"), (FORM, "")] {
        library.store.spoil(FILES, &key, bad);
        let marks: Vec<_> = library
            .listed(&before)
            .into_iter()
            .map(|(_, version)| version)
            .collect();
        assert_eq!(marks.iter().filter(|mark| *mark == "!").count(), 1);
        assert_eq!(marks.len(), 3);
        // To another shelf, too: the old entry is found without reading the row.
        library.import([file(2, json!({"source": "s7"}))]);
        assert_eq!(library.uuids(&before), ["1", "3", "2"]);
        assert_eq!(library.store.list(&library.all()).unwrap().length(), 3);
        library.import([file(2, json!({}))]);
        assert_eq!(library.uuids(&before), ["1", "2", "3"]);
    }
}
