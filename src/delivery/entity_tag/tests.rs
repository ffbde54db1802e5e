//! Tests of [`super`].

use http::header::{HeaderMap, IF_MATCH};
use http::{HeaderName, HeaderValue};

use super::{EntityTag, Named};

const FIELD: HeaderName = IF_MATCH;

fn field(lines: &[&[u8]]) -> HeaderMap {
    let value = |line: &&[u8]| HeaderValue::from_bytes(line).unwrap();
    lines.iter().map(|line| (FIELD, value(line))).collect()
}

fn strong(text: &str) -> EntityTag<'_> {
    EntityTag::strong(text)
}

fn weak(text: &str) -> EntityTag<'_> {
    EntityTag {
        is_weak: true,
        ..strong(text)
    }
}

/// What one line names.
fn assert_names(line: &str, expected: &[EntityTag<'_>]) {
    let headers = field(&[line.as_bytes()]);
    let named = Named::in_field(&headers, FIELD);
    assert_eq!(named, Some(Named::Tags(expected.to_vec())), "{line}");
}

#[test]
fn lists_are_read_as_they_are_written() {
    assert_names("\"a\"", &[strong("a")]);
    assert_names("W/\"a\"", &[weak("a")]);
    assert_names("\"\"", &[strong("")]);
    assert_names("\"a,b\"", &[strong("a,b")]);
    assert_names(
        "\"a\", W/\"b\",\"c\"",
        &[strong("a"), weak("b"), strong("c")],
    );
    assert_names("\"a\" \t,\t \"b\"", &[strong("a"), strong("b")]);
    assert_names(", ,\"a\",, \"b\" ,", &[strong("a"), strong("b")]);
    assert_names("\"*\"", &[strong("*")]);
    assert_names("\"W/\\\"", &[strong("W/\\")]);
    assert_names("", &[]);
    assert_names(",", &[]);
}

#[test]
fn what_is_no_list_names_nothing() {
    for line in [
        "a",
        "a\"b\"",
        "\"a",
        "a\"",
        "w/\"a\"",
        "W\"a\"",
        "W/ \"a\"",
        "W/a",
        "\"a\"\"b\"",
        "\"a\" \"b\"",
        "\"a b\"",
        "\"a\"; \"b\"",
        "*, \"a\"",
        "\"a\", *",
        "**",
        "\"a\", b",
    ] {
        assert_names(line, &[]);
    }
    let headers = field(&[b"\"a\"", b"b"]);
    let named = Named::in_field(&headers, FIELD);
    assert_eq!(named, Some(Named::Tags(Vec::new())));
}

#[test]
fn lines_make_one_list_and_a_star_stands_alone() {
    let headers = field(&[b"\"a\", \"b\"", b"W/\"c\""]);
    let expected = vec![strong("a"), strong("b"), weak("c")];
    assert_eq!(
        Named::in_field(&headers, FIELD),
        Some(Named::Tags(expected))
    );
    let star = field(&[b" * "]);
    assert_eq!(Named::in_field(&star, FIELD), Some(Named::Anything));
    let stars = field(&[b"*", b"*"]);
    let nothing = Some(Named::Tags(Vec::new()));
    assert_eq!(Named::in_field(&stars, FIELD), nothing);
    assert_eq!(Named::in_field(&HeaderMap::new(), FIELD), None);
}

#[test]
fn a_tag_may_go_beyond_ascii() {
    let headers = field(&[b"\"\xe4\xff\""]);
    let tag = EntityTag {
        is_weak: false,
        opaque: b"\xe4\xff",
    };
    let named = Named::in_field(&headers, FIELD);
    assert_eq!(named, Some(Named::Tags(vec![tag])));
}

#[test]
fn tags_compare_as_in_the_table_of_rfc_9110() {
    // 8.8.3.2: two tags, whether they are strongly the same, and whether weakly.
    let rows = [
        (weak("1"), weak("1"), false, true),
        (weak("1"), weak("2"), false, false),
        (weak("1"), strong("1"), false, true),
        (strong("1"), strong("1"), true, true),
        (strong("1"), strong("2"), false, false),
    ];
    for (one, other, strongly, weakly) in rows {
        for (one, other) in [(one, other), (other, one)] {
            assert_eq!(one.is_strongly(other), strongly, "{one:?} {other:?}");
            assert_eq!(one.is_weakly(other), weakly, "{one:?} {other:?}");
        }
    }
}
