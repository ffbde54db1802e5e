//! Tests of [`super`].

use super::*;

fn found(log: &str) -> bool {
    let logs = tempfile::tempdir().unwrap();
    std::fs::write(logs.path().join("edge.stdout"), "requests :: {}\n").unwrap();
    std::fs::write(logs.path().join("origin.stderr"), log).unwrap();
    let tokens = [
        Token::new("eyJoZWFkZXI.eyJwYXlsb2Fk.c2lnbmF0dXJl"),
        Token::new("a.b.c"),
    ];
    let leak = find_leak(logs.path(), &tokens, &["the-secret-between"]).unwrap();
    if let Some(leak) = &leak {
        assert!(leak.log.ends_with("origin.stderr"));
        assert!(!leak.to_string().contains("eyJ"));
    }
    leak.is_some()
}

#[test]
fn a_whole_token_a_part_and_the_secret_are_leaks() {
    assert!(found("got eyJoZWFkZXI.eyJwYXlsb2Fk.c2lnbmF0dXJl here"));
    assert!(found("sub was eyJwYXlsb2Fk"));
    assert!(found("{\"signature\":\"c2lnbmF0dXJl\"}"));
    assert!(found("the-secret-between"));
}

#[test]
fn headers_and_short_parts_are_none() {
    assert!(!found("kid of eyJoZWFkZXI, a.b.c"));
    assert!(!found(""));
}
