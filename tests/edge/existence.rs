//! Nobody learns of the existence of a file that they may not read.

use crate::support::{assert_denied, last_reason, stack};

#[test]
fn anothers_file_and_no_file_are_answered_alike() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let closed = stack.library().closed()[0].path();
    let unknown = stack.library().unknown_path(0);
    for prefix in ["", "/fetch"] {
        let refused = stack
            .get(&format!("{prefix}{closed}"), Some(&token))
            .unwrap();
        let absent = stack
            .get(&format!("{prefix}{unknown}"), Some(&token))
            .unwrap();
        assert_denied(&refused, 404, "file_not_found");
        let but_date = |answer: &azat_testbed::CurlAnswer| {
            let fields = answer.headers.iter().filter(|(name, _)| name != "date");
            fields.cloned().collect::<Vec<_>>()
        };
        assert_eq!(but_date(&refused), but_date(&absent));
        assert_eq!(refused.body, absent.body);
    }
    assert_eq!(last_reason(&stack, 4), "file_unknown");
    assert_eq!(stack.edge_log(4).unwrap()[2]["reason"], "source_refused");
    assert_eq!(stack.mirror().requests().len(), 0);
}

#[test]
fn what_is_internal_is_not_there() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = &stack.library().readable()[0];
    let file_record = format!("/edge/files/{}/{}", file.catalog, file.uuid);
    let paths = [
        file_record.as_str(),
        "/edge/entitlements",
        "/edge",
        "//edge/entitlements",
        "/%65dge/entitlements",
        "/repository/files/../../edge/entitlements",
        "/manifest/files/%2e%2e/%2e%2e/edge/entitlements",
        "/manifest/files/..%2f..%2fedge%2fentitlements",
        "/manifest/files//edge/entitlements",
        "/",
        "/nothing",
        "/healthz",
    ];
    for path in paths {
        for token in [None, Some(&token)] {
            let url = format!("{}{path}", stack.edge_url());
            let header = token
                .map(|token| token.header())
                .unwrap_or("X-None: x".into());
            let answer = stack
                .curl(&["--path-as-is", "--header", &header, &url])
                .unwrap();
            assert_denied(&answer, 404, "route_unknown");
        }
    }
    let url = format!("{}/edge/entitlements", stack.edge_url());
    let posted = stack
        .curl(&["--request", "POST", "--header", &token.header(), &url])
        .unwrap();
    assert_denied(&posted, 404, "route_unknown");
    let calls = stack.origin_calls().unwrap();
    assert!(
        calls.keys().all(|route| !route.starts_with("/edge")),
        "{calls:?}"
    );
}

#[test]
fn the_origin_refuses_internal_calls_that_the_edge_has_not_signed() {
    let stack = stack();
    let file = &stack.library().readable()[0];
    let file_record = format!("/edge/files/{}/{}", file.catalog, file.uuid);
    let answer = stack.origin_get(&file_record).unwrap();
    assert_eq!(answer.status, 403);
    assert_eq!(answer.json().unwrap()["reason"], "edge_signature_invalid");
}

#[test]
fn other_methods_are_told_which_ones_there_are() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let url = format!(
        "{}{}",
        stack.edge_url(),
        stack.library().readable()[0].path()
    );
    let answer = stack
        .curl(&["--request", "DELETE", "--header", &token.header(), &url])
        .unwrap();
    assert_denied(&answer, 405, "method_not_allowed");
    assert_eq!(answer.header("allow"), Some("GET, HEAD"));
}

#[test]
fn parameters_are_checked_and_unknown_ones_ignored() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = &stack.library().readable()[0];
    let ask = |query: &str| {
        let path = format!("/repository/files/{}?{query}", file.uuid);
        stack.get(&path, Some(&token)).unwrap()
    };
    let encoded = file.version.replace(':', "%3A");
    for query in [
        String::new(),
        format!("catalog=demo&version={encoded}&replica=gcp&wait=1&fileName=eye.tar.gz"),
    ] {
        assert_eq!(ask(&query).status, 200, "{query}");
    }
    for query in [
        "version=2020-01-01t00:00:00.123456Z",
        "catalog=Demo",
        "catalog=demo&catalog=demo",
    ] {
        assert_denied(&ask(query), 400, "parameter_invalid");
    }
    assert_denied(
        &ask("version=2020-01-01T00:00:00.123456Z"),
        404,
        "file_not_found",
    );
    assert_denied(&ask("catalog=other"), 404, "file_not_found");
}
