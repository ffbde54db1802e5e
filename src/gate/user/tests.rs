//! Tests of [`super`].

use super::{SOURCE_REFUSED, UNDECIDED, open};
use crate::contract::{Entitlement, FileRecord};
use crate::credential::Principal;
use crate::denial::Denial;
use crate::gate::{service, session};
use crate::provenance::{Known, Provenance};
use crate::testing::{claims, entitlement, principal, record};

/// Whether the gate opens for the good token's user with that entitlement, and a record from there.
fn outcome_of(
    entitlement: &Entitlement,
    file: &FileRecord,
    from: Provenance,
) -> Result<(), Denial> {
    let principal: Principal = principal(&claims());
    let pass = service::open(&principal, &[]).unwrap();
    let entitlement = Known {
        document: entitlement.clone(),
        from: Provenance::Cache,
    };
    let session = session::open(principal.user().unwrap(), &entitlement).unwrap();
    let known = Known {
        document: file.clone(),
        from,
    };
    open(pass, &session, &known).map(|grant| assert_eq!(grant.file(), file))
}

fn outcome(entitlement: &Entitlement, file: &FileRecord) -> Result<(), Denial> {
    outcome_of(entitlement, file, Provenance::Origin)
}

fn decide(sources: &[&str], source: &str, public: bool) -> bool {
    let mut file: FileRecord = serde_json::from_value(record()).unwrap();
    file.source = source.into();
    file.public = public;
    outcome(&entitlement(sources), &file).is_ok()
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
        assert_eq!(outcome(&others, &file), Err(Denial::from(&SOURCE_REFUSED)));
    }
}

#[test]
fn a_file_is_refused_on_the_origins_word_alone() {
    let file: FileRecord = serde_json::from_value(record()).unwrap();
    let admitting = entitlement(&["open"]);
    let other = entitlement(&["other"]);
    for from in [Provenance::Origin, Provenance::Cache, Provenance::Spare] {
        assert_eq!(outcome_of(&admitting, &file, from), Ok(()), "{from:?}");
    }
    let refused = Err(Denial::from(&SOURCE_REFUSED));
    let undecided = Err(Denial::from(&UNDECIDED));
    assert_eq!(outcome_of(&other, &file, Provenance::Origin), refused);
    assert_eq!(outcome_of(&other, &file, Provenance::Cache), undecided);
    assert_eq!(outcome_of(&other, &file, Provenance::Spare), undecided);
}
