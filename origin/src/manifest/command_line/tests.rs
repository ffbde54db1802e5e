//! Tests of [`super`].

use serde_json::{Value, json};

use super::{CommandLines, Download, quoted_for_bash};

const URL: &str = "https://azul.example/manifest/files/ksQulKNmb2-kY3VybMQQ";

fn lines(manifest_url: &str, token: Option<&str>, authenticated_manifest: bool) -> Value {
    let download = Download {
        manifest_url,
        token,
        authenticated_manifest,
    };
    serde_json::to_value(CommandLines::of(download)).unwrap()
}

#[test]
fn the_lines_are_azuls() {
    let with_token = json!({
        "bash": r#"curl --location --fail https://azul.example/manifest/files/ksQulKNmb2-kY3VybMQQ | curl --header "Authorization: Bearer e.y-J._" --retry 15 --retry-delay 10 --config -"#,
        "cmd.exe": r#"curl.exe --location --fail "https://azul.example/manifest/files/ksQulKNmb2-kY3VybMQQ" | curl.exe --header "Authorization: Bearer e.y-J._" --retry 15 --retry-delay 10 --config -"#,
    });
    assert_eq!(lines(URL, Some("e.y-J._"), false), with_token);
    let anonymous = json!({
        "bash": "curl --location --fail https://azul.example/manifest/files/ksQulKNmb2-kY3VybMQQ | curl --retry 15 --retry-delay 10 --config -",
        "cmd.exe": r#"curl.exe --location --fail "https://azul.example/manifest/files/ksQulKNmb2-kY3VybMQQ" | curl.exe --retry 15 --retry-delay 10 --config -"#,
    });
    assert_eq!(lines(URL, None, false), anonymous);
    assert_eq!(lines(URL, None, true), anonymous);
}

#[test]
fn a_manifest_can_be_asked_for_with_the_token_too() {
    let lines = lines("http://[::1]:80/m", Some("a.b.c"), true);
    assert_eq!(
        lines["bash"],
        r#"curl --location --fail --header "Authorization: Bearer a.b.c" 'http://[::1]:80/m' | curl --header "Authorization: Bearer a.b.c" --retry 15 --retry-delay 10 --config -"#
    );
    assert_eq!(
        lines["cmd.exe"],
        r#"curl.exe --location --fail --header "Authorization: Bearer a.b.c" "http://[::1]:80/m" | curl.exe --header "Authorization: Bearer a.b.c" --retry 15 --retry-delay 10 --config -"#
    );
}

#[test]
fn words_are_quoted_when_they_must_be() {
    assert_eq!(quoted_for_bash("a-b_c%3A"), "a-b_c%3A");
    assert_eq!(quoted_for_bash("a b"), "'a b'");
    assert_eq!(quoted_for_bash("$'a'"), r#"'$'"'"'a'"'"''"#);
}
