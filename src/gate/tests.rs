use super::Grant;
use crate::denial::Denial;
use crate::principal::Principal;
use crate::repository::FileRecord;
use crate::testing::{entitlement, record};

fn user() -> Principal {
    Principal {
        profile: "azat".into(),
        issuer: "https://azul.example".into(),
        subject: "google#1".into(),
    }
}

fn decide(sources: &[&str], source: &str, public: bool) -> bool {
    let mut file: FileRecord = serde_json::from_value(record()).unwrap();
    file.source = source.into();
    file.public = public;
    Grant::decide(&user(), &entitlement(sources), &file).is_ok()
}

#[test]
fn the_gate_opens_for_the_sources_of_the_entitlement() {
    assert!(decide(&["a", "b"], "b", false));
    assert!(!decide(&["a", "b"], "c", false));
    assert!(!decide(&["a"], "A", false));
    assert!(!decide(&[], "", false));
    assert!(decide(&[], "c", true));
}

#[test]
fn an_entitlement_of_another_opens_nothing_not_even_what_is_public() {
    let mut file: FileRecord = serde_json::from_value(record()).unwrap();
    file.public = true;
    for (issuer, subject) in [
        ("https://azul.example", "google#2"),
        ("https://other.example", "google#1"),
    ] {
        let mut others = entitlement(&["open"]);
        others.issuer = issuer.into();
        others.subject = subject.into();
        let decision = Grant::decide(&user(), &others, &file);
        assert_eq!(decision.err(), Some(Denial::SourceRefused));
    }
}
