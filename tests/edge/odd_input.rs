//! Whatever a client or an upstream sends, the edge does not break: nobody gets an answer that the
//! program did not make.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::Duration;

use azat_testbed::{Plan, Stack, Token, wait_for};
use serde_json::Value;

use crate::support::{assert_denied, large, ordinary, stack};

/// How often a sandbox of this stack has broken so far, as its runtime tells.
fn broken_sandboxes(stack: &Stack) -> usize {
    let log = |name| std::fs::read_to_string(stack.logs().join(name)).unwrap();
    [log("edge.stdout"), log("edge.stderr")]
        .iter()
        .map(|log| log.matches("WebAssembly trapped").count())
        .sum()
}

/// Sends the edge these bytes, and reads until it closes the connection.
fn exchange(stack: &Stack, request: &[u8]) -> String {
    let mut connection = TcpStream::connect(stack.edge_address()).unwrap();
    let patience = Some(Duration::from_secs(20));
    connection.set_read_timeout(patience).unwrap();
    connection.set_write_timeout(patience).unwrap();
    connection.write_all(request).unwrap();
    let mut answer = Vec::new();
    // A connection that is reset has been closed too.
    let _ = connection.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// A GET of that target from that host.
fn get(target: &str, host: &[u8]) -> Vec<u8> {
    let line = format!("GET {target} HTTP/1.1\r\nConnection: close\r\nHost: ");
    [line.as_bytes(), host, b"\r\n\r\n"].concat()
}

/// The status and the problem document's reason of an answer that the edge's program made.
#[track_caller]
fn status_and_reason(answer: &str) -> (u16, String) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let problem: Value = serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}"));
    (status, problem["reason"].as_str().unwrap().to_owned())
}

#[test]
fn a_host_that_is_none_is_a_bad_request() {
    let stack = stack();
    let hosts = [
        "x:99999",
        "x:a",
        "xn--0",
        "a.xn--0",
        "1.2.3.4.5",
        "999.1.1.1",
        "foo.0x1",
        "user@x",
        "user:password@x",
    ];
    for host in hosts {
        let answer = exchange(&stack, &get("/repository/files/x", host.as_bytes()));
        let expected = (400, "target_invalid".to_owned());
        assert_eq!(status_and_reason(&answer), expected, "{host}");
        assert!(answer.contains("details=\"target_invalid\""), "{answer}");
    }
    let twice = b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n";
    let answer = exchange(&stack, twice);
    assert_eq!(status_and_reason(&answer).0, 400, "{answer}");
    assert_eq!(broken_sandboxes(&stack), 0);

    let lines = stack.edge_log(hosts.len() + 1).unwrap();
    assert!(lines.iter().all(|line| line["reason"] == "target_invalid"));
}

#[test]
fn a_host_that_the_program_cannot_see_is_a_bad_request_all_the_same() {
    let stack = stack();
    let absolute = [
        "GET http://xn--0/nothing HTTP/1.0\r\n\r\n",
        "GET file://x:80/nothing HTTP/1.1\r\nHost: x:80\r\nConnection: close\r\n\r\n",
    ];
    let expected = (400, "target_invalid".to_owned());
    for request in absolute {
        let answer = exchange(&stack, request.as_bytes());
        assert_eq!(status_and_reason(&answer), expected, "{request}");
    }
    let url = format!("{}/nothing", stack.edge_url());
    let http_2 = ["--http2-prior-knowledge", "--header", "Host: xn--0", &url];
    assert_denied(&stack.curl(&http_2).unwrap(), 400, "target_invalid");
    assert_eq!(broken_sandboxes(&stack), 3, "this is what the hook is for");

    let lines = stack.edge_log(3).unwrap();
    assert!(lines.iter().all(|line| line["reason"] == "target_invalid"));
    let token = stack.mint().unwrap();
    let next = stack.get(&ordinary(&stack).path(), Some(&token)).unwrap();
    assert_eq!(next.status, 200);
}

#[test]
fn odd_requests_are_answered_by_the_program_or_not_at_all() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = ordinary(&stack).path();
    let with = |fields: &[u8]| {
        let line = format!("GET {file} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        [line.as_bytes(), fields, b"\r\n"].concat()
    };
    let authorization = format!("{}\r\n", token.header());
    let authorised = |fields: &[u8]| with(&[authorization.as_bytes(), fields].concat());
    let passed = |query: &str| get(&format!("/manifest/files/x{query}"), b"x");
    let requests = [
        get("/", b""),
        get("/", b"a b"),
        get("/", b"%41"),
        get("/", b"[::1"),
        get("/", b"[::1]"),
        get("/", b"\xff"),
        get("/", b"a..b"),
        get("/", b"x?y"),
        get("*", b"x"),
        get("data:,", b"x"),
        get("http://", b"x"),
        get("//[/", b"x"),
        get("/%ff%00/%2e%2e", b"x"),
        passed(&"a".repeat(32 * 1024 - 200)),
        passed(&"a".repeat(65_510)),
        passed(&format!("?{}", "'".repeat(20_000))),
        passed("?a=%ff%00%"),
        b"CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n".to_vec(),
        b"G!T / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_vec(),
        [
            &b"G".repeat(5000),
            &b" / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"[..],
        ]
        .concat(),
        with(b"Authorization: Bearer \xff\xfe\r\n"),
        with(b"Authorization: \xe9\r\n"),
        authorised(b"Range: bytes=\xff-\r\nIf-Range: \xfe\r\nIf-None-Match: \"\xe9\"\r\n"),
        authorised(b"Range: bytes=99999999999999999999-\r\nAccept-Encoding: \xff\r\n"),
        authorised(b"Content-Length: 3\r\nExpect: 100-continue\r\n\r\nabc"),
        authorised(b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"),
        authorised(b"Upgrade: websocket\r\nCookie: \xff\r\nX-\x7e: \xff\r\n"),
        authorised(&b"A: b\r\n".repeat(90)),
    ];
    for request in requests {
        let answer = exchange(&stack, &request);
        let line = String::from_utf8_lossy(&request[..request.len().min(200)]).into_owned();
        assert!(!answer.starts_with("HTTP/1.1 500"), "{line}: {answer}");
        assert_eq!(broken_sandboxes(&stack), 0, "{line}: {answer}");
    }
    assert_eq!(stack.get(&file, Some(&token)).unwrap().status, 200);
}

#[test]
fn a_client_may_leave_at_any_time() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let target = large(&stack).path();
    let file = format!(
        "GET {target} HTTP/1.1\r\nHost: x\r\n{}\r\n\r\n",
        token.header()
    );
    let sign_in = "POST /user/authorize HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nbegun";
    for request in [&file[..], &file[..file.len() - 2], sign_in] {
        for reads in [0, 1, 5000] {
            let mut connection = TcpStream::connect(stack.edge_address()).unwrap();
            connection.write_all(request.as_bytes()).unwrap();
            let _ = connection.set_read_timeout(Some(Duration::from_millis(300)));
            let _ = connection.read_exact(&mut vec![0; reads]);
            let _ = connection.shutdown(Shutdown::Both);
        }
    }
    let answer = stack.get(&target, Some(&token)).unwrap();
    assert_eq!((answer.exit, answer.status), (0, 200));
    assert_eq!(broken_sandboxes(&stack), 0);
}

/// Answers of a mirror, each after its status line's version.
const ODD_ANSWERS: [&[u8]; 20] = [
    b"99 Odd\r\nContent-Length: 0\r\n\r\n",
    b"099 Odd\r\nContent-Length: 0\r\n\r\n",
    b"101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    b"103 Early Hints\r\nLink: \xff\r\n\r\n",
    b"199 Odd\r\n\r\n",
    b"204 No Content\r\n\r\n",
    b"205 Reset Content\r\nContent-Length: 0\r\n\r\n",
    b"206 Partial Content\r\nContent-Range: bytes \xff-/\xfe\r\nContent-Length: 1\r\n\r\nx",
    b"299 \xff\xfe\r\nContent-Length: 0\r\n\r\n",
    b"304 Not Modified\r\nETag: \"\xe9\"\r\nLast-Modified: \xff\r\n\r\n",
    b"301 Moved\r\nLocation: \xff://\xfe\r\nContent-Length: 0\r\n\r\n",
    b"600 Odd\r\nContent-Length: 0\r\n\r\n",
    b"999 Odd\r\nContent-Length: 0\r\n\r\n",
    b"1000 Odd\r\nContent-Length: 0\r\n\r\n",
    b"200 OK\r\nContent-Length: \xff\r\n\r\n",
    b"200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    b"200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"200 OK\r\nContent-Encoding: \xff\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"200 OK\r\nX-\xff: x\r\n\r\n",
    b"\xff\xfe\r\n\r\n",
];

#[test]
fn odd_answers_are_not_passed_on_and_do_not_break_the_edge() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let target = ordinary(&stack).path();
    // The records come before the mirror goes, so that its place can be taken.
    assert_eq!(stack.get(&target, Some(&token)).unwrap().status, 200);
    let place = stack.mirror().host();
    stack.mirror().stop();
    let mirror = TcpListener::bind(place).unwrap();
    mirror.set_nonblocking(true).unwrap();
    let line = format!("GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    let request = format!("{line}{}\r\n\r\n", token.header());
    for odd in ODD_ANSWERS {
        let answering = || {
            let (mut connection, _) = wait_for("the edge asks", || mirror.accept().ok());
            connection.set_nonblocking(false).unwrap();
            let patience = Some(Duration::from_secs(20));
            connection.set_read_timeout(patience).unwrap();
            let _ = connection.read(&mut [0; 4096]);
            let _ = connection.write_all(&[b"HTTP/1.1 ", odd].concat());
        };
        let answer = std::thread::scope(|scope| {
            scope.spawn(answering);
            exchange(&stack, request.as_bytes())
        });
        let odd = String::from_utf8_lossy(odd);
        assert!(answer.starts_with("HTTP/1.1 "), "{odd}");
        assert!(!answer.starts_with("HTTP/1.1 500"), "{odd}: {answer}");
        assert_eq!(broken_sandboxes(&stack), 0, "{odd}");
    }
}

/// Asks for a file of the repository alone, which is at that backend. Yields the status.
fn status_at_backend(backend: &str, stack: &mut Stack, token: &Token) -> u16 {
    let item = stack.policy_item().unwrap().to_owned();
    let named = |name: &str| format!("\"backend\":\"{name}\"");
    let moved = item.replace(&named("repository"), &named(backend));
    assert_ne!(moved, item);
    stack.set_policy_item(Some(&moved)).unwrap();
    let file = stack.library().repository_only().next().unwrap().path();
    let answer = stack.get(&file, Some(token)).unwrap();
    stack.set_policy_item(Some(&item)).unwrap();
    if answer.status != 200 {
        assert_denied(&answer, 503, "repository_unavailable");
    }
    answer.status
}

#[test]
fn a_backend_may_have_any_name_that_the_platform_gives() {
    let plan = Plan {
        repository_only: 1,
        ..Plan::SMALL
    };
    let builder = Stack::builder().with_sessions().library(plan);
    let mut stack = builder.start().unwrap();
    stack.sign_in().unwrap();
    let token = stack.mint().unwrap();
    assert_eq!(status_at_backend("Host 1", &mut stack, &token), 200);
    for unknown in ["Host 2", "x:y@z/?#[", "%"] {
        let status = status_at_backend(unknown, &mut stack, &token);
        assert_eq!(status, 503, "{unknown}");
    }
    assert_eq!(broken_sandboxes(&stack), 0);
}
