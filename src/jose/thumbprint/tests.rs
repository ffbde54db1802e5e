//! Tests of [`super`].

use super::Thumbprint;
use crate::jose::base64url;

/// The example of RFC 7638, 3.1.
#[test]
fn an_rsa_keys_thumbprint_is_the_standards() {
    let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    let modulus = base64url::decode(n).unwrap();
    let thumbprint = Thumbprint::of_rsa(&modulus, &[1, 0, 1]);
    assert_eq!(
        thumbprint.to_string(),
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    );
}

/// The key of RFC 9449, 4.1, whose thumbprint stands in 6.1.
#[test]
fn a_p256_keys_thumbprint_is_the_standards() {
    let [x, y] = [
        "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
        "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
    ]
    .map(|coordinate| base64url::decode(coordinate).unwrap());
    assert_eq!(
        Thumbprint::of_p256(&x, &y).to_string(),
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
    );
}
