//! Tests of [`super`].

use azat_edge::file::Catalog;
use serde_json::{Value, json};

use super::{CurlManifest, quoted};
use crate::file::{File, PlacedFile};
use crate::samples::{BASE_URL, UUID, file_line};

fn file(changes: Value) -> PlacedFile {
    let file: File = serde_json::from_value(file_line(changes)).unwrap();
    let path = file.own_path();
    PlacedFile { file, path }
}

fn manifest() -> CurlManifest {
    CurlManifest::new(BASE_URL.parse().unwrap(), Catalog::parse("demo").unwrap())
}

#[test]
fn the_text_is_azuls() {
    let manifest = manifest();
    let mut text = manifest.options();
    let mut push = |changes| manifest.push(&mut text, &file(changes));
    push(json!({
        "bundle": "f79257a7-dfc6-46d6-ae00-ba4b25313c10",
        "name": "TissueDissociation Protocol.pdf",
    }));
    push(json!({
        "uuid": "90a04bb29d1d0d7ee64e4015f65b281c",
        "name": "Zellen & \"Gewebe\"/d'\u{e9}t\u{e9} #1.txt",
    }));
    push(json!({"uuid": "156c15a3-3406-45d3-a25e-27179baf0c59", "mirror_key": null}));
    let expected = r##"--http1.1

--create-dirs

--compressed

--location

--globoff

--fail

--fail-early

--continue-at -

--write-out "Downloading to: %{filename_effective}\n\n"

url="https://azul.example/repository/files/10b5aa79-0595-47c6-9871-31a9151a8d56?catalog=demo&version=2018-09-14T12%3A33%3A47.221025Z"
output="f79257a7-dfc6-46d6-ae00-ba4b25313c10/TissueDissociation Protocol.pdf"

url="https://azul.example/repository/files/90a04bb29d1d0d7ee64e4015f65b281c?catalog=demo&version=2018-09-14T12%3A33%3A47.221025Z"
output="90a04bb29d1d0d7ee64e4015f65b281c/Zellen & _Gewebe_/d'été #1.txt"

# File '156c15a3-3406-45d3-a25e-27179baf0c59', version '2018-09-14T12:33:47.221025Z' is currently not available in catalog 'demo'.

"##;
    assert_eq!(text, expected);
}

#[test]
fn a_file_under_another_name_says_so() {
    let mut renamed = file(json!({"name": "Reads.txt"}));
    renamed.path = renamed.path.marked(1, "10b5aa79");
    let mut text = String::new();
    manifest().push(&mut text, &renamed);
    let expected = format!(
        "# File '{UUID}', version '2018-09-14T12:33:47.221025Z' named 'Reads.txt', is saved as \
         '{UUID}/Reads-10b5aa79.txt': another file is in its way.\n\n\
         url=\"{BASE_URL}/repository/files/{UUID}?catalog=demo\
         &version=2018-09-14T12%3A33%3A47.221025Z\"\n\
         output=\"{UUID}/Reads-10b5aa79.txt\"\n\n"
    );
    assert_eq!(text, expected);
}

#[test]
fn quotes_and_backslashes_are_escaped() {
    assert_eq!(quoted(r#"a\"b"#), r#""a\\\"b""#);
}
