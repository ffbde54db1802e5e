//! Tests of [`super`].

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::file::OutputPath;
use crate::samples::{file_line, lines};
use crate::store::{Renamed, Store};

const BUNDLE: &str = "9ea02f60-ba2a-4b78-a9fc-f86cf954082b";
const FIRST: &str = "10b5aa79-0595-47c6-9871-31a9151a8d56";
const SECOND: &str = "90a04bb2-9d1d-0d7e-e64e-4015f65b281c";

struct Shop {
    _directory: TempDir,
    store: Store,
}

impl Shop {
    fn new() -> Self {
        let directory = tempdir().unwrap();
        let store = Store::open_or_create(&directory.path().join("store")).unwrap();
        Self {
            _directory: directory,
            store,
        }
    }

    /// Imports files of these uuids and names into one bundle; yields those that were renamed.
    fn import(&self, files: &[(&str, &str)]) -> Vec<Renamed> {
        self.import_lines(
            files.iter().map(|(uuid, name)| {
                file_line(json!({"uuid": uuid, "name": name, "bundle": BUNDLE}))
            }),
        )
    }

    fn import_lines(&self, files: impl IntoIterator<Item = Value>) -> Vec<Renamed> {
        let text = lines(files);
        self.store.import_files(text.as_bytes()).unwrap().renamed
    }

    /// The paths that two files of these names get in one bundle.
    fn pair(one: &str, other: &str) -> String {
        let renamed = Self::new().import(&[(FIRST, one), (SECOND, other)]);
        let [
            Renamed {
                path,
                kept_by,
                uuid,
                ..
            },
        ] = &*renamed
        else {
            panic!("{one} and {other}: {renamed:?}");
        };
        assert_eq!((kept_by.as_str(), uuid.as_str()), (FIRST, SECOND));
        path.as_str()
            .strip_prefix(&format!("{BUNDLE}/"))
            .unwrap()
            .to_owned()
    }
}

#[test]
fn of_two_with_one_path_the_later_is_renamed() {
    assert_eq!(Shop::pair("reads.txt", "Reads.txt"), "Reads-90a04bb2.txt");
    assert_eq!(Shop::pair("reads.txt", "reads.txt"), "reads-90a04bb2.txt");
    assert_eq!(Shop::pair("\u{e9}", "e\u{301}"), "e\u{301}-90a04bb2");
    assert_eq!(Shop::pair("x_", "x:"), "x_-90a04bb2");
}

#[test]
fn no_file_is_where_a_directory_must_be() {
    assert_eq!(Shop::pair("a/b", "a"), "a-90a04bb2");
    assert_eq!(Shop::pair("a", "a/b"), "a-90a04bb2/b");
    assert_eq!(Shop::pair("x_/y", "x:"), "x_-90a04bb2");
    assert_eq!(Shop::pair("A/b", "a/B/c"), "a/B-90a04bb2/c");
    // A name that merely begins like a directory is in nobody's way.
    assert_eq!(Shop::new().import(&[(FIRST, "a/b"), (SECOND, "a.b")]), []);
}

#[test]
fn a_bundle_in_two_spellings_is_one_directory() {
    let shop = Shop::new();
    let spelled = BUNDLE.to_uppercase();
    let renamed = shop.import_lines([
        file_line(json!({"uuid": FIRST, "bundle": BUNDLE})),
        file_line(json!({"uuid": SECOND, "bundle": spelled})),
    ]);
    let paths: Vec<_> = renamed
        .iter()
        .map(|renamed| renamed.path.as_str())
        .collect();
    assert_eq!(paths, [format!("{spelled}/foo-90a04bb2.txt")]);
}

#[test]
fn what_is_in_another_catalog_is_in_nobodys_way() {
    let shop = Shop::new();
    let file =
        |uuid, catalog| file_line(json!({"uuid": uuid, "catalog": catalog, "bundle": BUNDLE}));
    assert_eq!(
        shop.import_lines([file(FIRST, "demo"), file(SECOND, "demo-it")]),
        []
    );
}

#[test]
fn more_of_the_uuid_is_taken_until_nothing_is_in_the_way() {
    let shop = Shop::new();
    let digits = SECOND.replace('-', "");
    let renamed = shop.import(&[
        (FIRST, "a"),
        ("00000000000000000000000000000001", "a-90a04bb2"),
        (
            "00000000000000000000000000000002",
            &format!("a-90a04bb2-{digits}"),
        ),
        (SECOND, "a"),
    ]);
    let paths: Vec<_> = renamed
        .iter()
        .map(|renamed| renamed.path.as_str())
        .collect();
    assert_eq!(paths, [format!("{BUNDLE}/a-90a04bb2-{digits}-{digits}-3")]);
}

#[test]
fn a_path_is_a_files_for_good() {
    let shop = Shop::new();
    let path = || {
        let text = json!({"catalog": "demo", "uuid": SECOND});
        let id = serde_json::from_value(text).unwrap();
        shop.store.file(&id).unwrap().unwrap().row.path
    };
    shop.import(&[(FIRST, "a"), (SECOND, "a")]);
    let renamed: OutputPath = path();
    assert_eq!(renamed.as_str(), format!("{BUNDLE}/a-90a04bb2"));

    // The first goes elsewhere, and the second is imported again, and in a new version.
    shop.import(&[(FIRST, "b")]);
    shop.import_lines([file_line(
        json!({"uuid": SECOND, "name": "a", "bundle": BUNDLE, "size": 1}),
    )]);
    assert_eq!(path(), renamed);
    let newer = "2020-01-01T00:00:00.000000Z";
    shop.import_lines([file_line(
        json!({"uuid": SECOND, "name": "a", "bundle": BUNDLE, "version": newer}),
    )]);
    assert_eq!(path(), renamed);

    // A third does not land on what the first has left half downloaded somewhere.
    let renamed = shop.import(&[("00000000000000000000000000000001", "a")]);
    assert_eq!(renamed[0].kept_by, FIRST);
}
