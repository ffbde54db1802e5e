//! Tests of [`super`].

use url::Url;

use super::{TOKEN_IN_URL, check};
use crate::denial::Denial;

fn url(query: &str) -> Url {
    format!("https://azul.example/{query}").parse().unwrap()
}

/// `{"alg":"RS256"}`, as a segment.
const HEADER: &str = "eyJhbGciOiJSUzI1NiJ9";

#[test]
fn a_token_in_the_url_is_refused_wherever_it_is() {
    let tokens = [
        "?token=HEADER.eyJi.c2ln",
        "?a=1&x=HEADER%2EeyJi.c2ln",
        "?t=HEADER.eyJi.",
        "?t=HEADER..",
        "?t=HEADER.a.b.c.d",
        "?t=ewogImFsZyI6IDF9.e30.c2ln",
        "?t=IHsiYWxnIjoxfQ.e30.c2ln",
        "?HEADER.eyJi.c2ln",
        "?t=v1.HEADER.eyJi.c2ln",
        "reads.HEADER.eyJi.c2ln.gz",
        "?HEADER.eyJi.c2ln=",
        "?t=Bearer%20HEADER.eyJi.c2ln",
        "?t=%20HEADER.eyJi.c2ln%0a",
        "?t=HEADER%252EeyJi%252Ec2ln",
        "?t=ya29.a0Af",
        "?t=ya29%252Ea0Af",
        "HEADER.eyJi.c2ln",
        "HEADER%2EeyJi%252Ec2ln",
        "files/HEADER.eyJi.c2ln/x",
    ];
    for query in tokens {
        let refused = Err(Denial::from(&TOKEN_IN_URL));
        let query = query.replace("HEADER", HEADER);
        assert_eq!(check(&url(&query)), refused, "{query}");
    }
}

#[test]
fn what_has_no_header_is_no_token() {
    let others = [
        "?version=2018-09-14T12%3A33%3A47.221025Z",
        "?fileName=eye.tar.gz",
        "?fileName=eyJ_sample.R1.fastq.gz",
        "?fileName=eyJh.R1.fastq.gz",
        "?t=a.b.c",
        "?t=e30.e30.c2ln",
        // `{"al":1}`, `["alg"]`, `"alg"` and `{"alg":1`.
        "?t=eyJhbCI6MX0.e30.c2ln",
        "?t=WyJhbGciXQ.e30.c2ln",
        "?t=ImFsZyI.e30.c2ln",
        "?t=eyJhbGciOjE.e30.c2ln",
        "?t=HEADER",
        "?t=HEADER.e30",
        "?t=xHEADER.e30.c2ln",
        "?t=xya29.b",
        "manifest/files/ksQulKNmb2-kY3VybMQQ0rDOPEbwV_651C442JNP1MQQd5NnR1loWI6An6-ELWvp4MQDMTIz",
    ];
    for query in others {
        let query = query.replace("HEADER", HEADER);
        assert_eq!(check(&url(&query)), Ok(()), "{query}");
    }
}

#[test]
fn what_is_encoded_more_than_twice_is_not_decoded() {
    for (dot, is_token) in [
        (".", true),
        ("%2E", true),
        ("%252E", true),
        ("%25252E", false),
    ] {
        let query = format!("?t={HEADER}.e30.c2ln").replace('.', dot);
        assert_eq!(check(&url(&query)).is_err(), is_token, "{dot}");
    }
}
