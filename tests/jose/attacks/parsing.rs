//! Attacks by form and size.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE};

use super::{Attack, CLAIMS, HEADER, KEYS, SIGNER, profile, run, with_claims, with_header};
use crate::signer::base64url;

/// A token whose segments are signed as they stand here, decodable or not.
fn raw(header: &str, payload: &str) -> String {
    let input = format!("{header}.{payload}");
    let signature = SIGNER.sign(input.as_bytes());
    format!("{input}.{}", base64url(signature))
}

fn good() -> String {
    SIGNER.token(HEADER, CLAIMS)
}

/// The text, followed by a blank where no padding would be due, in base64url with padding.
fn with_padding(text: &str) -> String {
    let blanks = if text.len().is_multiple_of(3) {
        " "
    } else {
        ""
    };
    URL_SAFE.encode(format!("{text}{blanks}"))
}

/// The segment with the lowest of its last letter's spare bits set.
fn with_trailing_bits(segment: &str) -> String {
    assert_ne!(segment.rsplit('.').next().unwrap_or_default().len() % 4, 0);
    let (rest, last) = segment.split_at(segment.len() - 1);
    let next = char::from(last.as_bytes()[0] + 1);
    format!("{rest}{next}")
}

/// In 16 bits a unit, after a byte order mark.
fn utf_16(text: &str) -> Vec<u8> {
    let units = [0xfeff].into_iter().chain(text.encode_utf16());
    units.flat_map(u16::to_be_bytes).collect()
}

fn utf_32(text: &str) -> Vec<u8> {
    text.chars()
        .flat_map(|char| u32::from(char).to_le_bytes())
        .collect()
}

/// The claims with one more member, of these bytes.
fn claims_with(member: &[u8]) -> Vec<u8> {
    let open = CLAIMS.trim_end_matches('}').as_bytes();
    [open, b",", member, b"}"].concat()
}

fn nested(depth: usize) -> Vec<u8> {
    claims_with(format!(r#""x":{}{}"#, "[".repeat(depth), "]".repeat(depth)).as_bytes())
}

const SEGMENTS: &[Attack] = &[
    ("nothing", String::new, "Malformed"),
    ("one dot", || ".".into(), "Malformed"),
    ("two dots", || "..".into(), "Malformed"),
    ("three dots", || "...".into(), "Malformed"),
    ("one segment", || base64url(HEADER), "Malformed"),
    (
        "two segments",
        || format!("{}.{}", base64url(HEADER), base64url(CLAIMS)),
        "Malformed",
    ),
    ("four segments", || format!("{}.AAAA", good()), "Malformed"),
    ("six segments", || format!("{}.A.A.A", good()), "Malformed"),
    (
        "an empty segment behind",
        || format!("{}.", good()),
        "Malformed",
    ),
    (
        "an empty segment before",
        || format!(".{}", good()),
        "Malformed",
    ),
    ("dots around", || format!("..{}..", good()), "Malformed"),
    (
        "a dot doubled",
        || good().replacen('.', "..", 1),
        "Malformed",
    ),
    (
        "an empty header",
        || raw("", &base64url(CLAIMS)),
        "Malformed",
    ),
    (
        "an empty payload",
        || raw(&base64url(HEADER), ""),
        "ClaimsMalformed",
    ),
    (
        "JSON serialisation",
        || {
            format!(
                r#"{{"protected":"{}","payload":"{}","signature":""}}"#,
                base64url(HEADER),
                base64url(CLAIMS)
            )
        },
        "Malformed",
    ),
    (
        "JSON around the compact form",
        || format!(r#"{{"  {}":"","payload":"{}"}}"#, good(), base64url(CLAIMS)),
        "Malformed",
    ),
    (
        "Bearer before",
        || format!("Bearer {}", good()),
        "Malformed",
    ),
    ("quotes around", || format!("\"{}\"", good()), "Malformed"),
    (
        "two tokens",
        || format!("{},{}", good(), good()),
        "Encrypted",
    ),
];

const ALPHABET: &[Attack] = &[
    (
        "padding on the signature",
        || format!("{}==", good()),
        "Malformed",
    ),
    (
        "padding on the header",
        || raw(&with_padding(HEADER), &base64url(CLAIMS)),
        "Malformed",
    ),
    (
        "padding on the payload",
        || raw(&base64url(HEADER), &with_padding(CLAIMS)),
        "Malformed",
    ),
    ("a blank before", || format!(" {}", good()), "Malformed"),
    ("a blank behind", || format!("{} ", good()), "Malformed"),
    (
        "a line feed behind",
        || format!("{}\n", good()),
        "Malformed",
    ),
    (
        "a line feed within the signature",
        || {
            let mut token = good();
            token.insert(token.len() - 9, '\n');
            token
        },
        "Malformed",
    ),
    (
        "a blank within the payload",
        || raw(&base64url(HEADER), &format!("{} ", base64url(CLAIMS))),
        "Malformed",
    ),
    (
        "a zero byte behind",
        || format!("{}\0", good()),
        "Malformed",
    ),
    (
        "letters beyond ASCII",
        || format!("{}\u{e9}", good()),
        "Malformed",
    ),
    (
        "the dots of another script",
        || good().replace('.', "\u{3002}"),
        "Malformed",
    ),
    (
        "percent-encoding",
        || good().replace('.', "%2e"),
        "Malformed",
    ),
    (
        "the standard alphabet",
        || {
            let payload = STANDARD_NO_PAD
                .encode(CLAIMS.replace('{', "{\"\u{7ff}\u{7ff}\u{3ff}\":\"???>>>~~~\","));
            assert!(payload.contains(['+', '/']));
            raw(&base64url(HEADER), &payload)
        },
        "Malformed",
    ),
    ("both alphabets", || format!("{}+-", good()), "Malformed"),
    (
        "trailing bits in the signature",
        || with_trailing_bits(&good()),
        "Malformed",
    ),
    (
        "trailing bits in the header",
        || raw(&with_trailing_bits(&base64url(HEADER)), &base64url(CLAIMS)),
        "Malformed",
    ),
    (
        "trailing bits in the payload",
        || {
            raw(
                &base64url(HEADER),
                &with_trailing_bits(&base64url(format!("{CLAIMS}  "))),
            )
        },
        "Malformed",
    ),
    (
        "a segment of 5 letters",
        || raw(&base64url(HEADER), "AAAAA"),
        "Malformed",
    ),
];

const JSON: &[Attack] = &[
    (
        "header: an array",
        || with_header(r#"["RS256"]"#),
        "Malformed",
    ),
    (
        "header: a string",
        || with_header(r#""RS256""#),
        "Malformed",
    ),
    ("header: null", || with_header("null"), "Malformed"),
    (
        "header: two objects",
        || with_header(format!("{HEADER}{{}}")),
        "Malformed",
    ),
    (
        "header: bytes behind",
        || with_header(format!("{HEADER}\0")),
        "Malformed",
    ),
    (
        "header: a byte order mark",
        || with_header(format!("\u{feff}{HEADER}")),
        "Malformed",
    ),
    (
        "header: UTF-16",
        || with_header(utf_16(HEADER)),
        "Malformed",
    ),
    (
        "header: UTF-32",
        || with_header(utf_32(HEADER)),
        "Malformed",
    ),
    (
        "header: not UTF-8",
        || with_header(b"{\"alg\":\"RS256\",\"kid\":\"k1\",\"x\":\"\xff\"}"),
        "Malformed",
    ),
    (
        "header: an overlong encoding",
        || with_header(b"{\"alg\":\"RS256\",\"kid\":\"k1\",\"x\":\"\xc0\xaf\"}"),
        "Malformed",
    ),
    (
        "header: half a surrogate",
        || with_header(r#"{"alg":"RS256","kid":"k1","x":"\ud800"}"#),
        "Malformed",
    ),
    (
        "header: half a surrogate as a name",
        || with_header(r#"{"alg":"RS256","kid":"k1","\udc00":1}"#),
        "Malformed",
    ),
    (
        "header: single quotes",
        || with_header("{'alg':'RS256'}"),
        "Malformed",
    ),
    (
        "header: a comment",
        || with_header(r#"{"alg":"RS256"/**/}"#),
        "Malformed",
    ),
    (
        "header: a comma behind",
        || with_header(r#"{"alg":"RS256",}"#),
        "Malformed",
    ),
    (
        "header: a control character in a string",
        || with_header("{\"alg\":\"RS256\",\"x\":\"\n\"}"),
        "Malformed",
    ),
    (
        "header: an unknown member twice",
        || with_header(r#"{"alg":"RS256","kid":"k1","x":1,"x":1}"#),
        "Malformed",
    ),
    ("claims: an array", || with_claims("[]"), "ClaimsMalformed"),
    (
        "claims: a string",
        || with_claims("\"x\""),
        "ClaimsMalformed",
    ),
    ("claims: null", || with_claims("null"), "ClaimsMalformed"),
    (
        "claims: in an array",
        || with_claims(format!("[{CLAIMS}]")),
        "ClaimsMalformed",
    ),
    (
        "claims: two objects",
        || with_claims(format!("{CLAIMS}{CLAIMS}")),
        "ClaimsMalformed",
    ),
    (
        "claims: bytes behind",
        || with_claims(format!("{CLAIMS}x")),
        "ClaimsMalformed",
    ),
    (
        "claims: a zero byte behind",
        || with_claims(format!("{CLAIMS}\0")),
        "ClaimsMalformed",
    ),
    (
        "claims: a byte order mark",
        || with_claims(format!("\u{feff}{CLAIMS}")),
        "ClaimsMalformed",
    ),
    (
        "claims: UTF-16",
        || with_claims(utf_16(CLAIMS)),
        "ClaimsMalformed",
    ),
    (
        "claims: UTF-32",
        || with_claims(utf_32(CLAIMS)),
        "ClaimsMalformed",
    ),
    (
        "claims: not UTF-8",
        || with_claims(claims_with(b"\"x\":\"\xff\"")),
        "ClaimsMalformed",
    ),
    (
        "claims: a surrogate in UTF-8",
        || with_claims(claims_with(b"\"x\":\"\xed\xa0\x80\"")),
        "ClaimsMalformed",
    ),
    (
        "claims: half a surrogate",
        || with_claims(claims_with(br#""x":"\ud800""#)),
        "ClaimsMalformed",
    ),
    (
        "claims: surrogates in the wrong order",
        || with_claims(claims_with(br#""x":"\udc00\ud800""#)),
        "ClaimsMalformed",
    ),
    (
        "claims: a whole surrogate pair",
        || with_claims(claims_with(br#""x":"\ud83d\ude00""#)),
        "",
    ),
];

/// None of these may cost more than looking at its length, or at a bounded number of its bytes.
const SIZE: &[Attack] = &[
    ("1 MB of a letter", || "A".repeat(1_000_000), "Malformed"),
    ("1 MB of dots", || ".".repeat(1_000_000), "Malformed"),
    ("8 kB of dots", || ".".repeat(8_000), "Malformed"),
    (
        "a header of 100 kB",
        || {
            with_header(format!(
                r#"{{"alg":"RS256","x":"{}"}}"#,
                "x".repeat(100_000)
            ))
        },
        "Malformed",
    ),
    (
        "a header of 4 kB",
        || {
            with_header(format!(
                r#"{{"alg":"RS256","kid":"k1","x":"{}"}}"#,
                "x".repeat(4_000)
            ))
        },
        "Malformed",
    ),
    (
        "claims of 100 kB",
        || {
            with_claims(claims_with(
                format!(r#""x":"{}""#, "x".repeat(100_000)).as_bytes(),
            ))
        },
        "Malformed",
    ),
    (
        "a signature of 100 kB",
        || format!("{}{}", good(), "A".repeat(100_000)),
        "Malformed",
    ),
    (
        "100,000 nested arrays",
        || with_claims(nested(100_000)),
        "Malformed",
    ),
    (
        "2,500 nested arrays",
        || with_claims(nested(2_500)),
        "ClaimsMalformed",
    ),
    (
        "700 nested arrays in the header",
        || {
            with_header(format!(
                r#"{{"alg":"RS256","x":{}{}}}"#,
                "[".repeat(700),
                "]".repeat(700)
            ))
        },
        "Malformed",
    ),
    (
        "900 nested objects that do not end",
        || with_claims(r#"{"x":"#.repeat(900)),
        "ClaimsMalformed",
    ),
    ("20 nested arrays", || with_claims(nested(20)), ""),
    (
        "500 members",
        || {
            let members: Vec<String> = (0..500).map(|name| format!("\"{name}\":0")).collect();
            with_claims(claims_with(members.join(",").as_bytes()))
        },
        "ClaimsMalformed",
    ),
    (
        "a number of 5,000 digits",
        || {
            with_claims(claims_with(
                format!("\"x\":{}", "9".repeat(5_000)).as_bytes(),
            ))
        },
        "ClaimsMalformed",
    ),
];

#[test]
fn segments() {
    run(SEGMENTS, &KEYS, &profile());
}

#[test]
fn alphabet() {
    run(ALPHABET, &KEYS, &profile());
}

#[test]
fn json() {
    run(JSON, &KEYS, &profile());
}

#[test]
fn size() {
    run(SIZE, &KEYS, &profile());
}

/// A token cut off anywhere, and a token with any one bit changed, is no token.
#[test]
fn cuts_and_flips() {
    let good = good();
    let outcome = |token: &str| super::outcome(token, &KEYS, &profile());
    for end in (0..good.len()).step_by(5) {
        assert_ne!(outcome(&good[..end]), "", "cut at {end}");
    }
    for position in (0..good.len()).step_by(3) {
        let mut changed = good.clone().into_bytes();
        changed[position] ^= 1 << (position % 7);
        let changed = String::from_utf8(changed).unwrap();
        assert_ne!(outcome(&changed), "", "byte {position}");
    }
}
