//! Tests of [`super`].

use azat_edge::file::Catalog;
use serde_json::{Value, json};

use super::{CurlManifest, quoted};
use crate::file::File;
use crate::samples::{BASE_URL, file_line};

fn file(changes: Value) -> File {
    serde_json::from_value(file_line(changes)).unwrap()
}

#[test]
fn the_text_is_azuls() {
    let base_url = BASE_URL.parse().unwrap();
    let catalog = Catalog::parse("demo").unwrap();
    let mut manifest = CurlManifest::new(&base_url, &catalog);
    manifest.push_file(&file(json!({
        "bundle": "f79257a7-dfc6-46d6-ae00-ba4b25313c10",
        "name": "TissueDissociation Protocol.pdf",
    })));
    manifest.push_file(&file(json!({
        "uuid": "90a04bb29d1d0d7ee64e4015f65b281c",
        "name": "Zellen & \"Gewebe\"/d'\u{e9}t\u{e9} #1.txt",
    })));
    let absent = file(json!({"uuid": "156c15a3-3406-45d3-a25e-27179baf0c59"}));
    manifest.push_unavailable(&absent.uuid, &absent.version);
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
    assert_eq!(manifest.into_text(), expected);
}

#[test]
fn quotes_and_backslashes_are_escaped() {
    assert_eq!(quoted(r#"a\"b"#), r#""a\\\"b""#);
}
