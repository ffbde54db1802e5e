//! Tests of [`super`].

use super::verification;

#[test]
fn rates_are_read_as_times() {
    let rsa = verification("+F2:2:2048:2120.754717:50000.000000");
    assert_eq!(rsa, Some(("signature RS256-2048".to_owned(), 20_000.0)));
    let ecdsa = verification("+F4:3:256:29331.372549:10000.000000");
    assert_eq!(ecdsa, Some(("signature ES256".to_owned(), 100_000.0)));
    assert_eq!(verification("+R2:21509:2048:0.62"), None);
}
