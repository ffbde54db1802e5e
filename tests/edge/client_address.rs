//! The edge, and nobody else, tells the origin where a client is.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use azat_testbed::{CurlAnswer, Stack};

use crate::support::stack;

/// How long anything here may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often strangers at one address sign in at once, as the origin has it.
const SIGN_INS: usize = 30;

/// The head of the first request that comes to a place, which gets an answer.
fn first_head(place: &TcpListener) -> String {
    place.set_nonblocking(true).unwrap();
    let deadline = Instant::now() + PATIENCE;
    loop {
        assert!(Instant::now() < deadline, "no request came");
        match place.accept() {
            Ok((connection, _)) => {
                let head = head(connection);
                if !head.is_empty() {
                    return head;
                }
            }
            Err(_) => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}

/// The head of a request, which gets an answer; nothing where none comes.
fn head(mut connection: TcpStream) -> String {
    connection.set_nonblocking(false).unwrap();
    connection.set_read_timeout(Some(PATIENCE)).unwrap();
    let (mut head, mut part) = (Vec::new(), [0; 4096]);
    while !head.ends_with(b"\r\n\r\n") {
        match connection.read(&mut part) {
            Ok(length) if length > 0 => head.extend_from_slice(&part[..length]),
            _ => return String::new(),
        }
    }
    let answer = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
    connection.write_all(answer).unwrap();
    String::from_utf8(head).unwrap().to_ascii_lowercase()
}

#[test]
fn a_claim_of_the_clients_is_replaced() {
    let mut stack = stack();
    stack.stop_origin();
    let place = TcpListener::bind(stack.origin_address()).unwrap();
    let url = format!("{}/manifest/files/k", stack.edge_url());
    let claims = [
        "Forwarded: for=192.0.2.1",
        "FORWARDED: for=192.0.2.2",
        "X-Forwarded-For: 192.0.2.3",
        "X-Real-IP: 192.0.2.4",
        "True-Client-IP: 192.0.2.5",
        "CF-Connecting-IP: 192.0.2.6",
        "Fastly-Client-IP: 192.0.2.7",
    ];
    let mut arguments: Vec<_> = claims.iter().flat_map(|it| ["--header", *it]).collect();
    arguments.push(&url);
    let (passed, answer) = std::thread::scope(|scope| {
        let asking = scope.spawn(|| stack.curl(&arguments));
        (first_head(&place), asking.join().unwrap().unwrap())
    });
    assert_eq!(answer.status, 204);
    let is_stated = |line: &&str| line.contains("for=") || line.contains("192.0.2.");
    let stated: Vec<_> = passed.lines().filter(is_stated).collect();
    assert_eq!(stated, ["forwarded: for=127.0.0.1"], "{passed}");
}

/// What would sign somebody in if it were complete.
fn sign_in(stack: &Stack, base_url: &str, claimed: &str) -> CurlAnswer {
    let url = format!("{base_url}/user/authorize");
    let json = "Content-Type: application/json";
    let arguments = ["--header", json, "--data", "{}", "--header", claimed, &url];
    stack.curl(&arguments).unwrap()
}

#[test]
fn many_sign_ins_from_one_address_are_told_to_wait_whatever_they_claim() {
    let stack = stack();
    let through_the_edge = |claimed: usize| {
        let claimed = format!("Forwarded: for=192.0.2.{claimed}");
        sign_in(&stack, stack.edge_url(), &claimed)
    };
    let mut answers = (0..10 * SIGN_INS).map(through_the_edge).enumerate();
    let (before, refused) = answers
        .find(|(_, answer)| answer.status != 400)
        .expect("none was refused");
    assert!(before >= SIGN_INS, "{before}");
    assert_eq!(refused.status, 429);
    let problem: serde_json::Value = refused.json().unwrap();
    assert_eq!(problem["reason"], "too_many_requests");
    assert_eq!(
        refused.header("content-type"),
        Some("application/problem+json")
    );
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=2).contains(&wait), "{wait}");

    // The edge stated the address that the origin sees here itself. In case that some time has
    // passed since then, once more is given back.
    let origin = format!("http://{}", stack.origin_address());
    let nothing = "Accept: */*";
    let past_the_edge = [(); 5].map(|()| sign_in(&stack, &origin, nothing).status);
    assert!(past_the_edge.contains(&429), "{past_the_edge:?}");
    let elsewhere = sign_in(&stack, &origin, "Forwarded: for=192.0.2.1");
    assert_eq!(elsewhere.status, 400);
}
