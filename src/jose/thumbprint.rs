//! Thumbprints of keys (RFC 7638).

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::base64url;

/// The SHA-256 thumbprint of a key: names it wherever it is published. Shown in base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thumbprint([u8; 32]);

impl Thumbprint {
    /// Of an RSA key, from modulus and exponent, big-endian without leading zeros.
    pub fn of_rsa(modulus: &[u8], exponent: &[u8]) -> Self {
        let (e, n) = (base64url::encode(exponent), base64url::encode(modulus));
        Self::of(&format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#))
    }

    /// Of a key on P-256, from its coordinates, big-endian, 32 bytes each.
    pub fn of_p256(x: &[u8], y: &[u8]) -> Self {
        let (x, y) = (base64url::encode(x), base64url::encode(y));
        Self::of(&format!(
            r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#
        ))
    }

    /// Of the required members, in the one order and spelling (RFC 7638, 3.2, 3.3).
    fn of(required_members: &str) -> Self {
        Self(Sha256::digest(required_members).into())
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64url::encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
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
}
