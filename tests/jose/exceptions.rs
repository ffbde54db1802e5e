//! Where we and a collection differ, and why: `exceptions.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// One difference.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    suite: String,
    id: u64,
    reason: String,
}

/// The verdicts of one collection, compared with ours as they come in.
pub(crate) struct Ledger {
    suite: &'static str,
    excepted: BTreeMap<u64, String>,
    seen: BTreeSet<u64>,
    complaints: Vec<String>,
}

impl Ledger {
    /// Begins with the exceptions of `suite`.
    pub(crate) fn open(suite: &'static str) -> Self {
        let all: Vec<Exception> = serde_json::from_str(include_str!("exceptions.json")).unwrap();
        let own = all.into_iter().filter(|exception| exception.suite == suite);
        let mut excepted = BTreeMap::new();
        for Exception { id, reason, .. } in own {
            assert!(reason.len() > 20, "{suite} {id}: expected a reason");
            assert!(excepted.insert(id, reason).is_none(), "{suite} {id}: twice");
        }
        Self {
            suite,
            excepted,
            seen: BTreeSet::new(),
            complaints: Vec::new(),
        }
    }

    /// Notes one test: whether we accept it, and whether the collection would have us do so.
    pub(crate) fn note(&mut self, id: u64, comment: &str, accepted: bool, expected: bool) {
        assert!(self.seen.insert(id), "{} {id}: two tests", self.suite);
        let said = if accepted { "accepted" } else { "refused" };
        match (accepted == expected, self.excepted.remove(&id)) {
            (true, None) | (false, Some(_)) => {}
            (false, None) => self.complaints.push(format!("{id} is {said}: {comment}")),
            (true, Some(_)) => {
                let complaint = format!("{id} is {said} as it should be, and needs no exception");
                self.complaints.push(complaint);
            }
        }
    }

    /// Ends: every difference is an exception, every exception a difference, and no test has been
    /// lost.
    pub(crate) fn close(self, tests: usize) {
        let Self {
            suite,
            excepted,
            seen,
            mut complaints,
        } = self;
        complaints.extend(
            excepted
                .keys()
                .map(|id| format!("{id} is excepted, and there is no such test")),
        );
        assert!(complaints.is_empty(), "{suite}:\n{}", complaints.join("\n"));
        assert_eq!(seen.len(), tests, "{suite}: the number of tests");
    }
}

/// A name that no suite has would never be looked at.
#[test]
fn every_exception_belongs_to_a_suite() {
    let suites = [
        "rsa_signature_2048_sha256",
        "rsa_signature_3072_sha256",
        "rsa_signature_4096_sha256",
        "ecdsa_secp256r1_sha256_p1363",
        "json_web_signature",
        "json_web_key",
        "json_web_crypto",
    ];
    let all: Vec<Exception> = serde_json::from_str(include_str!("exceptions.json")).unwrap();
    for exception in all {
        assert!(
            suites.contains(&exception.suite.as_str()),
            "{}",
            exception.suite
        );
    }
}
