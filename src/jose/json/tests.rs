//! Tests of [`super`].

use super::{Json, Object, WrongType};

const NOT_JSON: &str = "expected a JSON object in UTF-8";
const NOT_UNIQUE: &str = "expected objects of at most 64 members, each only once";

fn fault(text: impl AsRef<[u8]>) -> &'static str {
    Object::parse(text.as_ref())
        .map(|_| "none")
        .unwrap_or_else(|fault| fault)
}

#[test]
fn members_keep_their_types() {
    let object = Object::parse(
        br#" {"a":"x","b":"\u0079","c":1,"d":-1,"e":0.5,"f":[true],"g":null,"h":{}} "#,
    )
    .unwrap();
    assert_eq!(object.text("a"), Ok(Some("x")));
    assert_eq!(object.text("b"), Ok(Some("y")));
    assert_eq!(object.text("c"), Err(WrongType));
    assert_eq!(object.text("g"), Err(WrongType));
    assert_eq!(object.text("z"), Ok(None));
    assert_eq!(object.get("c"), Some(&Json::Whole(1)));
    assert_eq!(object.get("d"), Some(&Json::Real(-1.0)));
    assert_eq!(object.get("e"), Some(&Json::Real(0.5)));
    assert_eq!(object.get("f"), Some(&Json::List(vec![Json::Bool(true)])));
    assert_eq!(object.get("f").unwrap().as_texts(), None);
    assert!(object.get("h").unwrap().as_object().is_some());
    assert_eq!(object.members().count(), 8);
}

#[test]
fn no_member_is_there_twice() {
    for text in [
        r#"{"a":1,"a":1}"#,
        r#"{"alg":1,"\u0061lg":1}"#,
        r#"{"a":1,"b":2,"a":null}"#,
        r#"{"a":[{"b":1,"b":1}]}"#,
        r#"{"":1,"":1}"#,
    ] {
        assert_eq!(fault(text), NOT_UNIQUE, "{text}");
    }
    assert_eq!(fault(r#"{"a":1,"A":1,"a ":{"a":1}}"#), "none");
}

#[test]
fn only_one_object_in_utf_8_is_read() {
    for text in [
        "",
        " ",
        "[]",
        "null",
        "1",
        "\"{}\"",
        "{",
        "{}{}",
        "{},",
        "{}\0",
        "\u{feff}{}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":1e400}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "{1:1}",
    ] {
        assert_eq!(fault(text), NOT_JSON, "{text:?}");
    }
    assert_eq!(fault(b"{\"a\":\"\xff\"}"), NOT_JSON);
    let utf_16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(fault(utf_16), NOT_JSON);
}

#[test]
fn the_work_is_bounded() {
    let members = |count: usize| {
        let members: Vec<String> = (0..count).map(|n| format!("\"{n}\":0")).collect();
        format!("{{{}}}", members.join(","))
    };
    assert_eq!(fault(members(64)), "none");
    assert_eq!(fault(members(65)), NOT_UNIQUE);
    assert_eq!(fault(members(100_000)), NOT_UNIQUE);
    let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(fault(nested(100)), "none");
    assert_eq!(fault(nested(100_000)), NOT_JSON);
}
