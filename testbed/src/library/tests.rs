//! Tests of [`super`].

use super::*;
use base16ct::HexDisplay;
use std::collections::BTreeSet;

fn written(plan: Plan) -> (tempfile::TempDir, Library) {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::write(directory.path(), plan).unwrap();
    (directory, library)
}

#[test]
fn every_file_is_under_the_key_of_its_content() {
    let (directory, library) = written(Plan::SMALL);
    assert_eq!((library.readable().len(), library.closed().len()), (16, 3));
    for file in library.readable().iter().chain(library.closed()) {
        let content = std::fs::read(directory.path().join(&file.mirror_key)).unwrap();
        let hex: String = Sha256::digest(&content)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(
            (content.len() as u64, &hex),
            (file.size, &file.digest.hex),
            "{}",
            file.name
        );
        assert_eq!(file.mirror_key, format!("file/{hex}.sha256"));
    }
}

#[test]
fn nothing_else_is_written_and_all_content_differs() {
    let (directory, library) = written(Plan::SMALL);
    let keys: BTreeSet<_> = library
        .readable()
        .iter()
        .chain(library.closed())
        .map(|f| &f.mirror_key)
        .collect();
    assert_eq!(keys.len(), 19);
    assert_eq!(
        std::fs::read_dir(directory.path().join("file"))
            .unwrap()
            .count(),
        19
    );
}

#[test]
fn the_same_plan_gives_the_same_library() {
    let lines = || written(Plan::SMALL).1.to_json_lines().unwrap();
    assert_eq!(lines(), lines());
}

#[test]
fn a_record_has_the_form_that_is_imported() {
    let (_directory, library) = written(Plan::SMALL);
    let lines = library.to_json_lines().unwrap();
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    // The SHA-256 of nothing is known to everybody.
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let expected = serde_json::json!({
        "catalog": "demo",
        "uuid": uuid_of("open-lung/empty.txt").to_string(),
        "version": "2024-05-06T07:08:09.000000Z",
        "source": "open-lung",
        "public": false,
        "mirror_key": format!("file/{empty}.sha256"),
        "size": 0,
        "name": "empty.txt",
        "content_type": "text/plain",
        "digest": {"algorithm": "sha-256", "hex": empty},
    });
    assert_eq!(first, expected);
    assert_eq!(lines.lines().count(), 19);
}

#[test]
fn the_last_readable_files_can_be_in_the_repository_alone() {
    let (mirror, repository) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let shelf = RepositoryShelf {
        directory: repository.path(),
        url: "http://127.0.0.1:3",
    };
    let plan = Plan {
        repository_only: 2,
        ..Plan::SMALL
    };
    let library = Library::write_with_repository(mirror.path(), shelf, plan).unwrap();
    let [one, other] = library.repository_only().collect::<Vec<_>>()[..] else {
        panic!("not two");
    };
    assert_eq!(
        (&one.name, &other.name),
        (&ordinary_name(1), &ordinary_name(2))
    );
    assert_eq!(library.readable().len(), 16);
    for file in [one, other] {
        let path = format!("files/{}", file.uuid);
        let content = std::fs::read(repository.path().join(&path)).unwrap();
        let digest = Sha256::digest(&content);
        assert_eq!(format!("{:x}", HexDisplay(&digest)), file.digest.hex);
        let record = serde_json::to_value(file).unwrap();
        assert_eq!(record["repository_url"], format!("{}/{path}", shelf.url));
        assert_eq!(record.get("mirror_key"), None);
    }
    let mirrored = std::fs::read_dir(mirror.path().join("file")).unwrap();
    assert_eq!(mirrored.count(), 17);
    assert!(matches!(
        Library::write(mirror.path(), plan),
        Err(Error::WithoutSessions)
    ));
}

#[test]
fn the_demo_has_over_200_files_and_one_over_100_mb() {
    let names = readable_names(Plan::DEMO);
    assert_eq!(
        names
            .iter()
            .map(|(name, _)| name)
            .collect::<BTreeSet<_>>()
            .len(),
        205
    );
    assert!(names.iter().any(|(_, size)| *size > 104_857_600));
}
