//! Tests of [`super`].

use super::{CallFault, EdgeSecret, SignatureFields, SignedParts, sign, verify};
use crate::time::UnixTime;

const NOW: UnixTime = UnixTime::from_seconds(1_800_000_000);

const PARTS: SignedParts<'_> = SignedParts {
    method: "GET",
    path: "/edge/files/dcp/10b5aa79",
    query: Some("version=2018-09-14T12:33:47.221025Z"),
    authorization: "Bearer a.b.c",
};

fn secret(byte: u8) -> EdgeSecret {
    EdgeSecret::new(&[byte; 32]).unwrap()
}

fn signed() -> SignatureFields {
    sign(&secret(1), PARTS, NOW)
}

#[test]
fn a_signed_call_verifies_with_any_of_the_secrets_for_a_minute() {
    for age in [0, 60] {
        assert_eq!(
            verify(&[secret(1)], PARTS, &signed(), NOW.plus(age)),
            Ok(())
        );
        assert_eq!(
            verify(&[secret(2), secret(1)], PARTS, &signed(), NOW.plus(age)),
            Ok(())
        );
    }
    assert_eq!(
        verify(&[secret(1)], PARTS, &signed(), NOW.plus(61)),
        Err(CallFault::Outdated)
    );
    let ahead = UnixTime::from_seconds(NOW.seconds() - 61);
    assert_eq!(
        verify(&[secret(1)], PARTS, &signed(), ahead),
        Err(CallFault::Outdated)
    );
}

#[test]
fn no_part_of_a_call_can_be_changed() {
    let changed = [
        SignedParts {
            method: "POST",
            ..PARTS
        },
        SignedParts {
            path: "/edge/files/dcp/10b5aa78",
            ..PARTS
        },
        SignedParts {
            query: None,
            ..PARTS
        },
        SignedParts {
            authorization: "Bearer a.b.d",
            ..PARTS
        },
    ];
    for parts in changed {
        assert_eq!(
            verify(&[secret(1)], parts, &signed(), NOW),
            Err(CallFault::SignatureInvalid)
        );
    }
    assert_eq!(
        verify(&[secret(2)], PARTS, &signed(), NOW),
        Err(CallFault::SignatureInvalid)
    );
    assert_eq!(
        verify(&[], PARTS, &signed(), NOW),
        Err(CallFault::SignatureInvalid)
    );
    let later = SignatureFields {
        signature_input: signed().signature_input.replace("1800000000", "1800000001"),
        ..signed()
    };
    assert_eq!(
        verify(&[secret(1)], PARTS, &later, NOW),
        Err(CallFault::SignatureInvalid)
    );
}

#[test]
fn there_is_one_spelling() {
    let with = |input: String, signature: String| SignatureFields {
        signature_input: input,
        signature,
    };
    let SignatureFields {
        signature_input: input,
        signature,
    } = signed();
    let misspelled = [
        with(String::new(), signature.clone()),
        with(input.clone(), String::new()),
        with(input.replace(" \"authorization\"", ""), signature.clone()),
        with(input.replace("created=", "created=0"), signature.clone()),
        with(
            input.replace("hmac-sha256", "rsa-v1_5-sha256"),
            signature.clone(),
        ),
        with(format!("{input};expires=1"), signature.clone()),
        with(input.replace("edge=", "sig=").clone(), signature.clone()),
        with(input.clone(), signature.replace("edge=:", "edge=")),
        with(input.clone(), signature.replace("=:", "=:!")),
        with(input.clone(), format!("{signature}, x=:AA==:")),
    ];
    for fields in misspelled {
        assert_eq!(
            verify(&[secret(1)], PARTS, &fields, NOW),
            Err(CallFault::Unsigned),
            "{fields:?}"
        );
    }
}

#[test]
fn a_secret_is_long_and_cannot_be_printed() {
    assert!(EdgeSecret::new(&[1; 31]).is_err());
    assert!(EdgeSecret::new(&[&[1; 31][..], b"\n"].concat()).is_err());
    let from_a_file = EdgeSecret::new(&[&[1; 32][..], b"\n"].concat()).unwrap();
    assert_eq!(sign(&from_a_file, PARTS, NOW), signed());
    assert_eq!(format!("{:?}", secret(1)), "EdgeSecret(…)");
}

/// Another implementation of RFC 9421 agrees on what we sign.
#[cfg(not(target_os = "wasi"))]
#[test]
fn httpsig_verifies_what_we_sign() {
    use httpsig::prelude::message_component::HttpMessageComponent;
    use httpsig::prelude::{AlgorithmName, HttpSignatureBase, HttpSignatureHeaders, SharedKey};

    let SignatureFields {
        signature_input,
        signature,
    } = signed();
    let headers = HttpSignatureHeaders::try_parse(&signature, &signature_input).unwrap();
    let headers = &headers["edge"];
    let lines = [
        "\"@method\": GET",
        "\"@path\": /edge/files/dcp/10b5aa79",
        "\"@query\": ?version=2018-09-14T12:33:47.221025Z",
        "\"authorization\": Bearer a.b.c",
    ];
    let components: Vec<_> = lines
        .map(|line| HttpMessageComponent::try_from(line).unwrap())
        .into();
    let base = HttpSignatureBase::try_new(&components, headers.signature_params()).unwrap();
    let key = SharedKey::from_base64(
        &AlgorithmName::HmacSha256,
        "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
    );
    base.verify_signature_headers(&key.unwrap(), headers)
        .unwrap();
}
