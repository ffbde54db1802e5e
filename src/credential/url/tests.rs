//! Tests of [`super`].

use url::Url;

use super::{TOKEN_IN_URL, check};
use crate::denial::Denial;

fn url(query: &str) -> Url {
    format!("https://azul.example/{query}").parse().unwrap()
}

#[test]
fn a_token_in_the_url_is_refused_wherever_it_is() {
    let tokens = [
        "?token=eyJh.eyJi.c2ln",
        "?a=1&x=eyJh%2EeyJi.c2ln",
        "?t=eyJh.eyJi.",
        "?t=eyJh.a.b.c.d",
        "?t=ewogImFsZyI.e30.c2ln",
        "?eyJh.eyJi.c2ln",
        "?eyJh.eyJi.c2ln=",
        "?t=Bearer%20eyJh.eyJi.c2ln",
        "?t=%20eyJh.eyJi.c2ln%0a",
        "?t=eyJh%252EeyJi%252Ec2ln",
        "?t=ya29.a0Af",
        "eyJh.eyJi.c2ln",
        "files/eyJh.eyJi.c2ln/x",
    ];
    for query in tokens {
        let refused = Err(Denial::from(&TOKEN_IN_URL));
        assert_eq!(check(&url(query)), refused, "{query}");
    }
    let others = [
        "?version=2018-09-14T12%3A33%3A47.221025Z",
        "?fileName=eye.tar.gz",
        "?t=a.b.c",
        "?t=eyJh",
        "?t=xya29.b",
        "manifest/files/ksQulKNmb2-kY3VybMQQ0rDOPEbwV_651C442JNP1MQQd5NnR1loWI6An6-ELWvp4MQDMTIz",
    ];
    for query in others {
        assert_eq!(check(&url(query)), Ok(()), "{query}");
    }
}
