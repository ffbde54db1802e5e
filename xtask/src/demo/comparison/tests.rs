//! Tests of [`super`].

use super::*;
use azat_testbed::{Library, Plan};

const PLAN: Plan = Plan {
    readable: 4,
    repository_only: 0,
    large_bytes: 1,
};

fn manifest(files: &[SampleFile]) -> CurlManifest {
    let record = |file: &SampleFile| {
        format!(
            "url=\"http://e/repository/files/{0}\"\noutput=\"{0}/saved\"\n",
            file.uuid
        )
    };
    CurlManifest::parse(&files.iter().map(record).collect::<String>()).unwrap()
}

/// A faithful download of all files.
fn downloaded() -> (tempfile::TempDir, Vec<SampleFile>) {
    let (mirror, download) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let files = Library::write(mirror.path(), PLAN)
        .unwrap()
        .readable()
        .to_vec();
    for file in &files {
        let directory = download.path().join(&file.uuid);
        std::fs::create_dir(&directory).unwrap();
        std::fs::copy(
            mirror.path().join(&file.mirror_key),
            directory.join("saved"),
        )
        .unwrap();
    }
    (download, files)
}

#[test]
fn a_faithful_download_has_no_differences() {
    let (download, files) = downloaded();
    let none: [&str; 0] = [];
    assert_eq!(
        differences(&files, &manifest(&files), download.path()).unwrap(),
        none
    );
}

#[test]
fn each_difference_is_told() {
    let (download, files) = downloaded();
    let saved = |file: &SampleFile| download.path().join(&file.uuid).join("saved");
    std::fs::remove_file(saved(&files[0])).unwrap();
    let mut content = std::fs::read(saved(&files[2])).unwrap();
    content[0] ^= 1;
    std::fs::write(saved(&files[2]), &content).unwrap();
    std::fs::write(saved(&files[3]), "short").unwrap();
    std::fs::write(download.path().join("stray"), "").unwrap();
    let told = differences(&files, &manifest(&files[..]), download.path()).unwrap();
    let expected = [
        format!("{} is missing", files[0].name),
        format!("{} has other content", files[2].name),
        format!("{} has 5 bytes instead of {}", files[3].name, files[3].size),
        "stray is left over".to_owned(),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_file_that_the_manifest_forgets_is_told() {
    let (download, files) = downloaded();
    std::fs::remove_dir_all(download.path().join(&files[1].uuid)).unwrap();
    let forgetful = manifest(&[&files[..1], &files[2..]].concat());
    let told = differences(&files, &forgetful, download.path()).unwrap();
    assert_eq!(told, [format!("{} is not in the manifest", files[1].name)]);
}
