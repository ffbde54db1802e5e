//! Which lines of a trace are counted, and for which request.

use super::*;

/// What Viceroy writes when a call begins, and when it is done.
fn lines(sandbox: usize, module: &str, function: &str) -> String {
    let head = format!(
        "2026-11-28T11:11:19Z TRACE request{{id={sandbox}}}:wiggle abi{{module=\"{module}\" function=\"{function}\"}}:"
    );
    format!("{head} h=Handle(0)\n{head} result=Ok(())\n")
}

fn next(sandbox: usize) -> String {
    lines(sandbox, "fastly_http_downstream", "next_request_wait")
}

fn totals(trace: &str) -> Vec<usize> {
    requests(trace).iter().map(|calls| calls.total).collect()
}

#[test]
fn a_call_counts_once_and_by_its_function() {
    let clock = lines(0, "wasi_snapshot_preview1", "clock_time_get");
    let found = requests(&(next(0) + &clock + &clock + &next(0)));
    assert_eq!(found[0].total, 3);
    let expected = [
        ("fastly_http_downstream::next_request_wait".to_owned(), 1),
        ("wasi_snapshot_preview1::clock_time_get".to_owned(), 2),
    ];
    assert_eq!(found[0].by_function, expected.into());
}

#[test]
fn only_whole_requests_after_the_first_count() {
    let call = lines(0, "fastly_log", "write");
    assert!(totals(&call).is_empty());
    assert!(totals(&(call.clone() + &next(0) + &call)).is_empty());
    assert_eq!(
        totals(&(call.clone() + &next(0) + &call + &next(0) + &call)),
        [2]
    );
}

#[test]
fn sandboxes_are_counted_apart() {
    let trace = next(0) + &next(1) + &lines(1, "fastly_log", "write") + &next(0) + &next(1);
    assert_eq!(totals(&trace), [1, 2]);
}

#[test]
fn what_else_is_traced_does_not_count() {
    let told = "2026-11-28T11:11:19Z DEBUG request{id=0}: response status: 200\n";
    assert_eq!(totals(&(next(0) + told + &next(0))), [1]);
}
