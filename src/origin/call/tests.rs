//! Tests of [`super`].

use http::StatusCode;
use serde_json::json;

use super::{read, understand};
use crate::contract::{AccessTokenDocument, Document, Entitlement, FileRecord, Subject};
use crate::file::FileId;
use crate::origin::finding::Finding;
use crate::origin::trouble::Trouble;
use crate::testing::{NOW, UUID, World, entitlement, record};

/// What an answer means: how it is found, or the trouble.
fn meaning<D: Document>(status: u16, reason: &str) -> Result<&'static str, Trouble> {
    let content = json!({ "reason": reason }).to_string();
    let status = StatusCode::from_u16(status).unwrap();
    let (mut head, ()) = http::Response::new(()).into_parts();
    head.status = status;
    match understand::<D>(&head, content.as_bytes(), NOW) {
        Finding::Found(_) => Ok("found"),
        Finding::Absent => Ok("absent"),
        Finding::Revoked => Ok("revoked"),
        Finding::Trouble(trouble) => Err(trouble),
    }
}

#[test]
fn only_the_documents_own_reason_says_that_there_is_none() {
    assert_eq!(meaning::<FileRecord>(404, "file_unknown"), Ok("absent"));
    assert_eq!(meaning::<Entitlement>(404, "session_missing"), Ok("absent"));
    assert_eq!(
        meaning::<AccessTokenDocument>(404, "session_missing"),
        Ok("absent")
    );
    // The user is gone; that says nothing of the file.
    assert_eq!(
        meaning::<FileRecord>(404, "session_missing"),
        Err(Trouble::SessionMissing)
    );
    // Something else answers in the origin's place.
    for reason in ["", "route_unknown", "manifest_unknown"] {
        assert_eq!(
            meaning::<FileRecord>(404, reason),
            Err(Trouble::Status(None)),
            "{reason}"
        );
        assert_eq!(
            meaning::<Entitlement>(404, reason),
            Err(Trouble::Status(None)),
            "{reason}"
        );
    }
    assert_eq!(
        meaning::<Entitlement>(404, "file_unknown"),
        Err(Trouble::Status(None))
    );
    let page = b"<html>Not found</html>";
    let (mut head, ()) = http::Response::new(()).into_parts();
    head.status = StatusCode::NOT_FOUND;
    let finding = understand::<FileRecord>(&head, page, NOW);
    assert!(matches!(finding, Finding::Trouble(Trouble::Status(None))));
}

#[test]
fn each_answer_of_the_origin_has_its_meaning() {
    let rows = [
        (401, "token_revoked", Err(Trouble::TokenRevoked)),
        (401, "token_invalid", Err(Trouble::TokenRefused)),
        (
            403,
            "edge_signature_invalid",
            Err(Trouble::SignatureRefused),
        ),
        (410, "session_revoked", Ok("revoked")),
        (410, "manifest_expired", Err(Trouble::Status(None))),
        (
            503,
            "identity_provider_unavailable",
            Err(Trouble::IdentityProvider(None)),
        ),
        (503, "store_failed", Err(Trouble::Status(None))),
        (200, "", Err(Trouble::Unreadable)),
        (204, "", Err(Trouble::Status(None))),
        (302, "", Err(Trouble::Status(None))),
    ];
    for (status, reason, expected) in rows {
        assert_eq!(
            meaning::<AccessTokenDocument>(status, reason),
            expected,
            "{status} {reason}"
        );
    }
}

fn of_answer<D: Document>(body: &str, asked: D::About<'_>) -> Option<Trouble> {
    let answer = http::Response::new(body.to_owned());
    match read::<World, D>(&mut World::new(), answer, asked) {
        Finding::Trouble(trouble) => Some(trouble),
        _ => None,
    }
}

#[test]
fn a_document_about_something_else_is_no_answer() {
    let body = record().to_string();
    let id = |uuid: &str, version: Option<&str>| -> FileId {
        let id = json!({"catalog": "dcp", "uuid": uuid, "version": version});
        serde_json::from_value(id).unwrap()
    };
    let version = Some("2020-01-01T00:00:00.000000Z");
    assert_eq!(of_answer::<FileRecord>(&body, &id(UUID, None)), None);
    assert_eq!(of_answer::<FileRecord>(&body, &id(UUID, version)), None);
    let another = UUID.replace('a', "b");
    let other_version = Some("2020-01-01T00:00:00.000001Z");
    for other in [
        id(&another, None),
        id(&another, version),
        id(UUID, other_version),
    ] {
        let trouble = of_answer::<FileRecord>(&body, &other);
        assert_eq!(trouble, Some(Trouble::AboutAnother), "{other:?}");
    }
    let mut other_catalog = id(UUID, None);
    other_catalog.catalog = "other".to_owned().try_into().unwrap();
    let trouble = of_answer::<FileRecord>(&body, &other_catalog);
    assert_eq!(trouble, Some(Trouble::AboutAnother));

    let entitlement = serde_json::to_string(&entitlement(&["open"])).unwrap();
    let access_token = json!({
        "issuer": "https://azul.example", "subject": "google#1", "access_token": "ya29.a",
        "use_until": 1, "expires_at": 2, "version": 1,
    });
    let access_token = access_token.to_string();
    let rows = [
        ("https://azul.example", "google#1", None),
        (
            "https://azul.example",
            "google#2",
            Some(Trouble::AboutAnother),
        ),
        (
            "https://other.example",
            "google#1",
            Some(Trouble::AboutAnother),
        ),
    ];
    for (issuer, subject, expected) in rows {
        let asked = Subject { issuer, subject };
        assert_eq!(of_answer::<Entitlement>(&entitlement, asked), expected);
        assert_eq!(
            of_answer::<AccessTokenDocument>(&access_token, asked),
            expected
        );
    }
}

#[test]
fn a_document_that_is_too_long_is_told_from_one_that_broke_off() {
    let asked = Subject {
        issuer: "https://azul.example",
        subject: "google#1",
    };
    let endless = " ".repeat(1024 * 1024 + 1);
    assert_eq!(
        of_answer::<Entitlement>(&endless, asked),
        Some(Trouble::TooLong)
    );
    let longest = format!("{}{}", "{", " ".repeat(1024 * 1024 - 1));
    assert_eq!(
        of_answer::<Entitlement>(&longest, asked),
        Some(Trouble::Unreadable)
    );
}

#[test]
fn the_origin_may_say_how_long_trouble_takes() {
    let told = |seconds: &str| {
        let answer = http::Response::builder()
            .status(503)
            .header("retry-after", seconds)
            .body(json!({"reason": "identity_provider_unavailable"}).to_string());
        let asked = Subject {
            issuer: "",
            subject: "",
        };
        let finding = read::<World, AccessTokenDocument>(&mut World::new(), answer.unwrap(), asked);
        let Finding::Trouble(Trouble::IdentityProvider(retry_after)) = finding else {
            panic!("it has another meaning");
        };
        retry_after.map(|retry_after| retry_after.spread(0))
    };
    assert_eq!(told("30"), Some(30));
    assert_eq!(told("soon"), None);
}
