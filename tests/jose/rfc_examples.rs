//! The examples of the standards.

use azat_edge::jose::{Compact, KeySet, SymmetricKey, Thumbprint, TokenFault};
use azat_policy::{Algorithm, Profile};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::signature_check::check_signature;
use crate::signer::KeyMaterial;

/// The payload of RFC 7515, A.1 to A.3 and A.5: claims of `joe`, without `sub`.
const PAYLOAD: &str = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

/// The payload of RFC 7520, 4: a text of Tolkien's, no claims.
const TEXT: &str = concat!(
    "SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZ",
    "CwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZX",
    "B0IG9mZiB0by4",
);

fn published(key: Value) -> KeyMaterial {
    KeyMaterial::Published(KeySet::from_json(&json!({ "keys": [key] })).unwrap())
}

fn secret(key: &str) -> KeyMaterial {
    let key = URL_SAFE_NO_PAD.decode(key).unwrap();
    KeyMaterial::Shared(Box::new(SymmetricKey::new(Algorithm::HS256, &key).unwrap()))
}

/// The example verifies, and nothing that only looks like it does.
fn holds(algorithm: Algorithm, keys: &KeyMaterial, header: &str, payload: &str, signature: &str) {
    let check = |payload, signature| {
        let token = format!("{header}.{payload}.{signature}");
        check_signature(keys, &token, &Profile::of(algorithm))
    };
    assert_eq!(check(payload, signature), Ok(()));
    let other_payload = URL_SAFE_NO_PAD.encode("{}");
    assert_eq!(
        check(&other_payload, signature),
        Err(TokenFault::SignatureInvalid)
    );
    let mut changed = URL_SAFE_NO_PAD.decode(signature).unwrap();
    changed[7] ^= 1;
    let changed = URL_SAFE_NO_PAD.encode(changed);
    assert_eq!(check(payload, &changed), Err(TokenFault::SignatureInvalid));
}

/// RFC 7515, A.1.
#[test]
fn hmac_sha_256() {
    let keys = secret(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
    );
    let header = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9";
    holds(
        Algorithm::HS256,
        &keys,
        header,
        PAYLOAD,
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    );
}

/// RFC 7515, A.2.
#[test]
fn rsassa_pkcs1_v1_5_sha_256() {
    let keys = published(json!({
        "kty": "RSA",
        "n": concat!(
            "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR",
            "T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB",
            "dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia",
            "GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
        ),
        "e": "AQAB",
    }));
    let signature = concat!(
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJd",
        "bF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN93",
        "83LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhW",
        "kWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
    );
    holds(
        Algorithm::RS256,
        &keys,
        "eyJhbGciOiJSUzI1NiJ9",
        PAYLOAD,
        signature,
    );
}

/// RFC 7515, A.3.
#[test]
fn ecdsa_p_256_sha_256() {
    let keys = published(json!({
        "kty": "EC",
        "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    }));
    let signature =
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    holds(
        Algorithm::ES256,
        &keys,
        "eyJhbGciOiJFUzI1NiJ9",
        PAYLOAD,
        signature,
    );
}

/// RFC 7515, A.4: ECDSA P-521 SHA-512. Its key is passed over, and its token is of no algorithm of
/// ours.
#[test]
fn other_curves_are_refused() {
    let set = json!({"keys": [{
        "kty": "EC",
        "crv": "P-521",
        "x": "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
        "y": "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2",
    }]});
    let set = KeySet::from_json(&set).unwrap();
    assert!(!set.serves(Algorithm::ES256));
    let token = concat!(
        "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-",
        "KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn",
    );
    let keys = KeyMaterial::Published(set);
    for algorithm in [Algorithm::RS256, Algorithm::ES256] {
        let outcome = check_signature(&keys, token, &Profile::of(algorithm));
        assert_eq!(outcome, Err(TokenFault::AlgorithmRefused));
    }
}

/// RFC 7515, A.5: the unsecured JWS.
#[test]
fn no_signature_is_refused() {
    let token = format!("eyJhbGciOiJub25lIn0.{PAYLOAD}.");
    let keys = secret(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
    );
    let outcome = check_signature(&keys, &token, &Profile::of(Algorithm::HS256));
    assert_eq!(outcome, Err(TokenFault::AlgorithmRefused));
}

/// RFC 7515, E: an extension that is critical and not known.
#[test]
fn critical_extensions_are_refused() {
    let token = "eyJhbGciOiJub25lIiwNCiAiY3JpdCI6WyJodHRwOi8vZXhhbXBsZS5jb20vVU5ERUZJTkVEIl0sDQogImh0dHA6Ly9leGFtcGxlLmNvbS9VTkRFRklORUQiOnRydWUNCn0.RkFJTA.";
    assert_eq!(
        Compact::parse(token).err(),
        Some(TokenFault::CriticalExtension)
    );
}

/// RFC 7520, 4.1, with the key of 3.3.
#[test]
fn the_cookbooks_rsa_signature() {
    let keys = published(json!({
        "kty": "RSA",
        "kid": "bilbo.baggins@hobbiton.example",
        "use": "sig",
        "n": concat!(
            "n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRB",
            "SFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD",
            "1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_",
            "qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw",
        ),
        "e": "AQAB",
    }));
    let header = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9";
    let signature = concat!(
        "MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi8",
        "4wnB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocS",
        "adnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJu",
        "shZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg",
    );
    holds(Algorithm::RS256, &keys, header, TEXT, signature);
}

/// RFC 7520, 4.4, with the key of 3.5.
#[test]
fn the_cookbooks_hmac() {
    let keys = secret("hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg");
    let header = "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9";
    holds(
        Algorithm::HS256,
        &keys,
        header,
        TEXT,
        "s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0",
    );
}

/// RFC 7638, 3.1.
#[test]
fn thumbprint() {
    let modulus = concat!(
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n",
        "3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zg",
        "dAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFC",
        "ur-kEgU8awapJzKnqDKgw",
    );
    let modulus = URL_SAFE_NO_PAD.decode(modulus).unwrap();
    let thumbprint = Thumbprint::of_rsa(&modulus, &[1, 0, 1]);
    assert_eq!(
        thumbprint.to_string(),
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    );
}
