//! Tests of [`super`].

use serde_json::{Value, json};

use super::{Documents, TokenUser};

const UUID: &str = "10b5aa79-0595-47c6-9871-31a9151a8d56";

fn file(version: Option<&str>, size: u64) -> Value {
    let mut file = json!({
        "catalog": "demo", "uuid": UUID, "source": "s1", "size": size, "name": "a.txt",
        "content_type": "text/plain", "bundle": "as in an import",
        "digest": {"algorithm": "md5", "hex": "cb4ddb13e6dfa777817ea68ea71183f6"},
    });
    if let Some(version) = version {
        file["version"] = version.into();
    }
    file
}

fn fault(documents: Value) -> String {
    Documents::parse(&documents.to_string()).err().unwrap()
}

#[test]
fn a_file_is_found_by_version_or_is_the_newest() {
    let (old, new) = ("2018-09-14T12:33:47.221025Z", "2019-09-14T12:33:47.221025Z");
    let size = |files: Value, version| {
        let documents = Documents::parse(&json!({ "files": files }).to_string()).unwrap();
        let name = format!("demo/{UUID}");
        documents.file(&name, version).map(|answer| answer.size)
    };
    let two = json!([file(Some(new), 2), file(Some(old), 1)]);
    assert_eq!(size(two.clone(), Some(old)), Some(1));
    assert_eq!(size(two.clone(), None), Some(2));
    assert_eq!(size(two, Some("2020-09-14T12:33:47.221025Z")), None);
    let newest = json!([file(Some(new), 2), file(None, 3)]);
    assert_eq!(size(newest.clone(), None), Some(3));
    assert_eq!(size(newest, Some(new)), Some(2));
}

#[test]
fn what_can_be_presumed_may_be_missing() {
    let user = json!({"issuer": "i", "subject": "s"});
    let text = json!({
        "entitlements": [{"issuer": "i", "subject": "s", "sources": []}, {"subject": "s", "sources": []}],
        "access_tokens": [user],
    });
    let documents = Documents::parse(&text.to_string()).unwrap();
    let user = |issuer: &str| TokenUser {
        issuer: issuer.into(),
        subject: "s".into(),
    };
    assert!(documents.entitlement(&user("i")).is_some());
    assert!(documents.entitlement(&user("")).is_some());
    assert!(documents.entitlement(&user("j")).is_none());
    assert!(documents.access_token(&user("i")).is_some());
    assert!(documents.access_token(&user("")).is_none());
}

#[test]
fn a_fault_has_a_place_and_quotes_nothing() {
    let bad = json!({"entitlements": [{"issuer": "i", "subject": "s"}]});
    assert_eq!(fault(bad), "entitlements.0: missing field `sources`");
    let mut bad = file(None, 1);
    bad["uuid"] = "eyJ".into();
    assert_eq!(
        fault(json!({"files": [file(None, 1), bad]})),
        "files.1: expected catalog, uuid and version as requests have them"
    );
    assert_eq!(
        fault(json!({"files": [file(None, 1), file(None, 1)]})),
        "files.1: expected each version of a file once"
    );
    let bad = json!({"access_tokens": [{"subject": "s", "access_token": ["ya29.x"]}]});
    assert_eq!(
        fault(bad),
        "access_tokens.0: expected the members as the origin writes them"
    );
    assert!(fault(json!({"ya29.x": []})).starts_with("expected arrays of objects"));
}
