use super::{Grant, session};
use crate::contract::FileRecord;
use crate::denial::Denial;
use crate::principal::Principal;
use crate::testing::{NOW, entitlement, record};
use crate::time::UnixTime;

fn user() -> Principal {
    Principal {
        profile: "azat".into(),
        issuer: "https://azul.example".into(),
        subject: "google#1".into(),
        issued_at: NOW,
        counter: Some(3),
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

#[test]
fn a_revoked_token_is_out() {
    let outcome = |window, not_before, counter| {
        let mut entitlement = entitlement(&["open"]);
        entitlement.jti_window = window;
        entitlement.not_before = not_before;
        let user = Principal { counter, ..user() };
        session::check(&user, &entitlement)
    };
    let always = UnixTime::from_seconds(0);
    assert_eq!(outcome((0, 4), always, Some(3)), Ok(()));
    assert_eq!(outcome((3, 4), NOW, Some(3)), Ok(()));
    // Minted since the entitlement was written.
    assert_eq!(outcome((0, 3), always, Some(3)), Ok(()));
    assert_eq!(outcome((4, 4), always, Some(3)), Err(Denial::TokenRevoked));
    assert_eq!(
        outcome((0, 4), NOW.plus(1), Some(3)),
        Err(Denial::TokenRevoked)
    );
    // A token that counts nothing is good until something has been revoked.
    assert_eq!(outcome((0, 4), always, None), Ok(()));
    assert_eq!(outcome((1, 4), always, None), Err(Denial::TokenRevoked));
}
