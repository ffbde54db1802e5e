//! Tests of [`super`].

use super::*;

const VERIFIER: &str = "a-verifier";
const URI: &str = "http://localhost/callback";

fn issued(codes: &mut Codes, now: Instant) -> Token {
    let grant = Grant::to_client("client", "105".to_owned(), "openid".to_owned());
    let pending = Pending {
        grant,
        redirect_uri: URI.to_owned(),
        code_challenge: challenge_of(VERIFIER),
    };
    codes.issue(pending, now)
}

#[test]
fn a_code_lives_sixty_seconds() {
    let (mut codes, now) = (Codes::default(), Instant::now());
    let code = issued(&mut codes, now);
    let last = now + LIFETIME - Duration::from_millis(1);
    assert!(codes.redeem(code.reveal(), URI, VERIFIER, last).is_ok());
    let code = issued(&mut codes, now);
    assert!(
        codes
            .redeem(code.reveal(), URI, VERIFIER, now + LIFETIME)
            .is_err()
    );
}

#[test]
fn a_code_is_used_up_by_a_wrong_attempt() {
    let (mut codes, now) = (Codes::default(), Instant::now());
    for (uri, verifier) in [("http://localhost/other", VERIFIER), (URI, "another")] {
        let code = issued(&mut codes, now);
        assert!(codes.redeem(code.reveal(), uri, verifier, now).is_err());
        assert!(codes.redeem(code.reveal(), URI, VERIFIER, now).is_err());
    }
}
