//! What curl makes of a denial: it repeats what passes, and nothing else.

use std::time::{Duration, Instant};

use azat_testbed::{CurlAnswer, Fault, Stack};

use crate::support::{assert_denied, ordinary, stack};

/// Asks for a file as Azul's command line does, but not for as long. Yields the answer, and how
/// many times the edge was asked.
fn retried(stack: &Stack) -> (CurlAnswer, usize) {
    let token = stack.mint().unwrap();
    let url = format!("{}{}", stack.edge_url(), ordinary(stack).path());
    let before = stack.mirror().requests().len();
    let retries = ["--retry", "2", "--retry-delay", "1", "--fail-with-body"];
    let bearer = ["--header", &token.header(), &url];
    let answer = stack.curl(&[&retries[..], &bearer].concat()).unwrap();
    let asked = stack.mirror().requests().len() - before;
    let lines = stack.edge_log(asked).unwrap();
    assert_eq!(lines.len(), asked, "one line for each request");
    (answer, asked)
}

#[test]
fn what_an_operator_has_to_mend_is_asked_for_once() {
    let stack = stack();
    stack.mirror().set_fault(Fault::Field {
        name: "content-encoding",
        value: "gzip",
    });
    let (answer, asked) = retried(&stack);
    assert_eq!((answer.exit, asked), (22, 1));
    assert_denied(&answer, 501, "file_encoded");
    let line = stack.edge_log(1).unwrap().pop().unwrap();
    assert_eq!(line["alarm"], true);
    assert_eq!(line["cause"], "the mirror sent the file encoded");
}

#[test]
fn what_passes_is_asked_for_again_when_the_mirror_says() {
    let stack = stack();
    stack.mirror().set_fault(Fault::Busy { retry_after: "2" });
    let started = Instant::now();
    let (answer, asked) = retried(&stack);
    assert_eq!((answer.exit, asked), (22, 3));
    assert_denied(&answer, 503, "mirror_unavailable");
    let retry_after = answer.header("retry-after").unwrap();
    assert!(["2", "3"].contains(&retry_after), "{retry_after}");
    assert!(started.elapsed() >= Duration::from_secs(4));
    let line = stack.edge_log(3).unwrap().pop().unwrap();
    assert_eq!(line.get("alarm"), None);
}
