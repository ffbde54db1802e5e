//! Tests of [`super`].

use url::Url;

use super::{KNOWN, Query, QueryFault};

fn url(query: &str) -> Url {
    format!("https://azul.example/?{query}").parse().unwrap()
}

fn fault(query: &str) -> Option<QueryFault> {
    Query::of(&url(query)).err()
}

/// What is told of a query's unknown parameters.
#[track_caller]
fn unknown(query: &str) -> String {
    match fault(query) {
        Some(QueryFault::Unknown(told)) => told,
        other => panic!("{query}: {other:?}"),
    }
}

#[test]
fn what_azul_knows_is_read() {
    let query = KNOWN.map(|name| format!("{name}=%2B+{name}")).join("&");
    let url = url(&query);
    let query = Query::of(&url).unwrap();
    for name in KNOWN {
        assert_eq!(query.get(name), Some(format!("+ {name}").as_str()));
    }
    for (text, value) in [("", None), ("&&", None), ("version", Some(""))] {
        let url = self::url(text);
        assert_eq!(Query::of(&url).unwrap().get("version"), value, "{text}");
    }
}

#[test]
fn what_azul_does_not_know_is_named() {
    let named = [
        ("foo", "Unknown query parameter `foo`"),
        ("foo=1&foo=2", "Unknown query parameter `foo`"),
        ("Version=1", "Unknown query parameter `Version`"),
        ("versoin=1&catalog=a", "Unknown query parameter `versoin`"),
        (
            "catalog=a&amp;version=1",
            "Unknown query parameter `amp;version`",
        ),
        ("b=&a&c=3", "Unknown query parameters `a`, `b`, `c`"),
        ("x=1&version=1&version=2", "Unknown query parameter `x`"),
        (
            "9&8&7&6&5&4&3&2",
            "Unknown query parameters `2`, `3`, `4`, `5`, `6`, `7`, `8`, `9`",
        ),
        (
            "9&8&7&6&5&4&3&2&1",
            "Unknown query parameters `1`, `2`, `3`, `4`, `5`, `6`, `7`, `8` (not all of them can be repeated here)",
        ),
    ];
    for (query, told) in named {
        assert_eq!(unknown(query), told);
    }
}

#[test]
fn what_may_be_a_secret_is_not_repeated() {
    let secrets = [
        "ya29.a0AfB",
        "eyJh.eyJi.c2ln",
        "eyJhbGciOiJSUzI1NiJ9eyJpc3",
        "a%0Ab",
        "a%22b",
        "a%60b",
        "%3Cb%3E",
        "%E4",
        "%E6%BC%A2",
        "a+b",
        "=x",
    ];
    for secret in secrets {
        let told = "Unknown query parameter (not all of them can be repeated here)";
        assert_eq!(unknown(secret), told, "{secret}");
    }
    let told = unknown(&format!("{}=hunter2&a=hunter3", "b".repeat(25)));
    let expected = "Unknown query parameters `a` (not all of them can be repeated here)";
    assert_eq!(told, expected);
    let longest = "b".repeat(24);
    assert_eq!(
        unknown(&longest),
        format!("Unknown query parameter `{longest}`")
    );
}

#[test]
fn a_parameter_stands_there_once() {
    for name in KNOWN {
        let query = format!("{name}=1&{name}=1");
        assert_eq!(fault(&query), Some(QueryFault::Repeated), "{name}");
    }
}
