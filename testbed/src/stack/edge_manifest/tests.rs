//! Tests of [`super`].

use super::*;

fn config_store() -> (tempfile::TempDir, ConfigStore) {
    let directory = tempfile::tempdir().unwrap();
    let mut store = ConfigStore::create(directory.path().join("config.json")).unwrap();
    store.set("keys", Some("{}")).unwrap();
    (directory, store)
}

fn surroundings(config_store: &ConfigStore) -> Surroundings<'_> {
    Surroundings {
        origin: "http://127.0.0.1:1",
        mirror: "http://127.0.0.1:2",
        repository: None,
        config_store,
        edge_secret: Path::new("/run/secret"),
    }
}

#[test]
fn backends_and_stores_are_replaced_and_all_else_stays() {
    let shipped = r#"
            name = "azat-edge"
            [local_server.backends.origin]
            url = "http://127.0.0.1:9000"
            first_byte_timeout_ms = 5000
            [local_server.backends.mirror]
            url = "http://127.0.0.1:9001"
            [local_server.backends.repository]
            url = "http://127.0.0.1:7803"
            [local_server.secret_stores]
            azat_edge = [{ key = "edge_origin_secret", data = "shipped" }]
            [setup.backends.origin]
            address = "origin.example"
        "#;
    let (_directory, mut store) = config_store();
    let mut expected: Table = r#"
            name = "azat-edge"
            [local_server.backends.origin]
            url = "http://127.0.0.1:1"
            first_byte_timeout_ms = 5000
            [local_server.backends.mirror]
            url = "http://127.0.0.1:2"
            [local_server.backends.repository]
            url = "http://127.0.0.1:7803"
            [local_server.config_stores]
            azat_edge = { format = "inline-toml", contents = { keys = "{}" } }
            [local_server.secret_stores]
            azat_edge = [{ key = "edge_origin_secret", file = "/run/secret" }]
            [setup.backends.origin]
            address = "origin.example"
        "#
    .parse()
    .unwrap();
    let adapted_to = |store: &ConfigStore| -> Table {
        adapted(shipped, &surroundings(store))
            .unwrap()
            .parse()
            .unwrap()
    };
    let live = adapted_to(&store);
    store.freeze();
    assert_eq!(adapted_to(&store), expected);
    expected["local_server"]["config_stores"]["azat_edge"] = Value::from(Table::from_iter([
        ("format".to_owned(), Value::from("json")),
        (
            "file".to_owned(),
            Value::from(store.path().to_str().unwrap()),
        ),
    ]));
    assert_eq!(live, expected);
}

#[test]
fn a_stack_with_sessions_has_its_own_repository() {
    let shipped = r#"
            [local_server.backends.origin]
            [local_server.backends.mirror]
            [local_server.backends.repository]
            url = "http://127.0.0.1:7803"
            first_byte_timeout_ms = 5000
        "#;
    let (_directory, store) = config_store();
    let to = Surroundings {
        repository: Some("http://127.0.0.1:3"),
        ..surroundings(&store)
    };
    let manifest: Table = adapted(shipped, &to).unwrap().parse().unwrap();
    let repository = &manifest["local_server"]["backends"]["repository"];
    assert_eq!(repository["url"].as_str(), Some("http://127.0.0.1:3"));
    assert_eq!(repository["first_byte_timeout_ms"].as_integer(), Some(5000));
}

#[test]
fn a_manifest_without_the_backends_is_an_error() {
    let (_directory, store) = config_store();
    let told = adapted(
        "[local_server.backends.mirror]\nurl = \"\"",
        &surroundings(&store),
    )
    .unwrap_err()
    .to_string();
    assert!(told.contains("no [local_server.backends.origin]"), "{told}");
}
