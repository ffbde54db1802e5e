//! Tests of [`super`].

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};

use super::{MALFORMED, SCHEME_UNSUPPORTED, find};
use crate::credential::place::SEVERAL;
use crate::denial::Denial;

fn fields(values: &[&[u8]]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append(AUTHORIZATION, HeaderValue::from_bytes(value).unwrap());
    }
    headers
}

fn kind(field: &str) -> Result<&'static str, Denial> {
    let headers = fields(&[field.as_bytes()]);
    find(&headers).map(|bearer| bearer.unwrap().kind().as_str())
}

#[test]
fn the_token_is_known_by_its_look() {
    assert!(find(&fields(&[])).unwrap().is_none());
    assert_eq!(kind("Bearer eyJ.eyJ.c2ln"), Ok("jwt"));
    assert_eq!(kind("bEARER  garbage "), Ok("jwt"));
    assert_eq!(kind("Bearer ya29.a0Af"), Ok("google"));
}

#[test]
fn anything_but_one_bearer_token_is_refused() {
    let unsupported = Err(Denial::from(&SCHEME_UNSUPPORTED));
    assert_eq!(kind("Basic dTpw"), unsupported);
    assert_eq!(kind("eyJ.eyJ.c2ln"), unsupported);
    for field in [
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Bearer a,Bearer b",
        "Bearer a\tb",
        "Bearer \"a\"",
    ] {
        assert_eq!(kind(field), Err(Denial::from(&MALFORMED)), "{field:?}");
    }
    let not_ascii = fields(&[b"Bearer \xff"]);
    assert_eq!(find(&not_ascii).err(), Some(Denial::from(&MALFORMED)));
    let two = fields(&[b"Bearer a", b"Bearer a"]);
    assert_eq!(find(&two).err(), Some(Denial::from(&SEVERAL)));
}

#[test]
fn a_token_cannot_be_printed() {
    let headers = fields(&[b"Bearer eyJsecret.eyJ.c2ln"]);
    let token = find(&headers).unwrap().unwrap();
    assert!(!format!("{token:?}").contains("secret"));
}
