//! Tests of [`super`].

use azat_edge::file::{Catalog, FileId, FileUuid, FileVersion};
use serde_json::json;
use tempfile::{TempDir, tempdir};

use crate::samples::{UUID, VERSION, file_line, lines};
use crate::store::{Imported, Store};

const NEWER: &str = "2019-01-01T00:00:00.000000Z";
const OTHER_UUID: &str = "90a04bb29d1d0d7ee64e4015f65b281c";

fn store() -> (TempDir, Store) {
    let directory = tempdir().unwrap();
    let store = Store::open_or_create(&directory.path().join("store")).unwrap();
    let text = lines([
        file_line(json!({"version": NEWER, "name": "newer.txt"})),
        file_line(json!({})),
        file_line(json!({"catalog": "demo-it", "version": "2020-01-01T00:00:00.000000Z"})),
        file_line(json!({"uuid": OTHER_UUID, "name": "other.txt"})),
    ]);
    let imported = store.import_files(text.as_bytes()).unwrap();
    assert_eq!(
        imported,
        Imported {
            lines: 4,
            changed: 4,
            renamed: Vec::new(),
        }
    );
    (directory, store)
}

fn name(store: &Store, uuid: &str, version: Option<&str>) -> Option<String> {
    let id = FileId {
        catalog: Catalog::parse("demo").unwrap(),
        uuid: FileUuid::parse(uuid).unwrap(),
        version: version.map(|version| FileVersion::parse(version).unwrap()),
    };
    let file = store.file(&id).unwrap();
    file.map(|file| file.row.file.name.as_str().to_owned())
}

#[test]
fn a_file_without_a_version_is_the_newest() {
    let (_directory, store) = store();
    assert_eq!(name(&store, UUID, None), Some("newer.txt".into()));
    assert_eq!(name(&store, UUID, Some(VERSION)), Some("foo.txt".into()));
    assert_eq!(name(&store, OTHER_UUID, None), Some("other.txt".into()));
    assert_eq!(name(&store, OTHER_UUID, Some(NEWER)), None);
    assert_eq!(name(&store, "00000000000000000000000000000000", None), None);
}

#[test]
fn a_later_import_replaces() {
    let (_directory, store) = store();
    let text = lines([
        file_line(json!({"name": "renamed.txt"})),
        file_line(json!({"version": NEWER, "name": "newer.txt"})),
    ]);
    let imported = store.import_files(text.as_bytes()).unwrap();
    assert_eq!(
        imported,
        Imported {
            lines: 2,
            changed: 1,
            renamed: Vec::new(),
        }
    );
    assert_eq!(
        name(&store, UUID, Some(VERSION)),
        Some("renamed.txt".into())
    );
}

#[test]
fn a_bad_line_is_told_and_nothing_is_imported() {
    let (_directory, store) = store();
    let bad = [
        (json!({"uuid": "1"}), "expected a file uuid"),
        (json!({"catalog": "Demo"}), "expected a catalog"),
        (json!({"version": "2020"}), "expected a version such as"),
        (json!({"bundle": "../.."}), "expected a file uuid"),
        (json!({"mirror_key": "../a"}), "expected a mirror key"),
        (json!({"content_type": "text"}), "expected a media type"),
        (
            json!({"digest": {"algorithm": "md5", "hex": "00"}}),
            "expected as many",
        ),
        (
            json!({"size": -1}),
            "invalid value: integer `-1`, expected u64",
        ),
        (json!({"public": null}), "missing field `public`"),
        (json!({"mirrorkey": "file/a"}), "unknown field `mirrorkey`"),
        (
            json!({"name": "a\nb"}),
            "expected a file name without control characters",
        ),
        (
            json!({"name": "../a"}),
            "expected a file name whose components",
        ),
        (
            json!({"name": "a".repeat(256)}),
            "expected a file name of at most 900 bytes, and 255 between",
        ),
        (
            json!({"name": "a\u{202e}b"}),
            "expected a file name without invisible characters",
        ),
        (
            json!({"name": "a/NUL"}),
            "expected a file name other than those reserved",
        ),
    ];
    for (changes, expected) in bad {
        let good = file_line(json!({"name": "changed.txt"}));
        let text = lines([good, file_line(changes)]);
        let fault = store.import_files(text.as_bytes()).unwrap_err().to_string();
        assert!(fault.starts_with("line 2: column "), "{fault}");
        assert!(fault.contains(expected), "{fault}");
    }
    let twice = lines([
        file_line(json!({})),
        file_line(json!({"name": "changed.txt"})),
    ]);
    assert_eq!(
        store
            .import_files(twice.as_bytes())
            .unwrap_err()
            .to_string(),
        "line 2: expected another row than line 1 has; nothing was imported"
    );
    assert_eq!(name(&store, UUID, Some(VERSION)), Some("foo.txt".into()));
}

#[test]
fn a_row_that_would_make_too_long_a_document_is_refused() {
    let (_directory, store) = store();
    let long = "s".repeat(azat_edge::contract::MAXIMUM_DOCUMENT);
    let text = lines([
        file_line(json!({})),
        file_line(json!({"source": long, "uuid": OTHER_UUID})),
    ]);
    let fault = store.import_files(text.as_bytes()).unwrap_err().to_string();
    assert!(
        fault.starts_with("line 2: expected a row of at most 1044480 bytes"),
        "{fault}"
    );
}

#[test]
fn a_line_without_an_end_is_refused_before_memory_is_full() {
    let (_directory, store) = store();
    let endless = std::io::BufReader::new(std::io::repeat(b'a'));
    let fault = store.import_files(endless).unwrap_err().to_string();
    assert_eq!(
        fault,
        "line 1: expected at most 2097152 bytes; nothing was imported"
    );
}
