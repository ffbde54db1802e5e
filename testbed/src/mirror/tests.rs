//! Tests of [`super`].

use super::*;
use crate::curl::{CurlAnswer, curl};
use crate::patience::wait_until;
use crate::server::fault::Fault;

const KEY: &str = "file/abc.sha256";
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

struct Running {
    mirror: Mirror,
    directory: tempfile::TempDir,
}

impl Running {
    fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join("file")).unwrap();
        std::fs::write(directory.path().join(KEY), LETTERS).unwrap();
        let mirror = Mirror::start(directory.path()).unwrap();
        Self { mirror, directory }
    }

    fn get(&self, options: &[&str]) -> CurlAnswer {
        let url = format!("{}/{KEY}", self.mirror.url());
        let arguments: Vec<&str> = options.iter().copied().chain([url.as_str()]).collect();
        curl(self.directory.path(), &arguments).unwrap()
    }
}

#[test]
fn a_file_comes_whole_with_a_strong_validator() {
    let answer = Running::start().get(&[]);
    assert_eq!((answer.status, answer.body.as_slice()), (200, LETTERS));
    assert_eq!(answer.header("content-length"), Some("26"));
    assert_eq!(
        answer.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(answer.header("accept-ranges"), Some("bytes"));
    assert!(answer.header("etag").unwrap().starts_with('"'));
}

#[test]
fn head_tells_the_length_and_sends_nothing() {
    let answer = Running::start().get(&["--head"]);
    assert_eq!((answer.status, answer.exit), (200, 0));
    assert_eq!(answer.header("content-length"), Some("26"));
}

#[test]
fn ranges_from_the_front_and_from_the_end() {
    let running = Running::start();
    let answer = running.get(&["--range", "2-4"]);
    assert_eq!((answer.status, answer.text().as_str()), (206, "cde"));
    assert_eq!(answer.header("content-range"), Some("bytes 2-4/26"));
    let answer = running.get(&["--range", "-3"]);
    assert_eq!((answer.status, answer.text().as_str()), (206, "xyz"));
}

#[test]
fn a_range_past_the_end_is_416() {
    let answer = Running::start().get(&["--range", "26-"]);
    assert_eq!(answer.status, 416);
    assert_eq!(answer.header("content-range"), Some("bytes */26"));
}

#[test]
fn if_range_decides_between_part_and_whole() {
    let running = Running::start();
    let etag = running.get(&[]).header("etag").unwrap().to_owned();
    let same = running.get(&["--range", "0-1", "--header", &format!("If-Range: {etag}")]);
    assert_eq!((same.status, same.text().as_str()), (206, "ab"));
    let other = running.get(&["--range", "0-1", "--header", "If-Range: \"other\""]);
    assert_eq!((other.status, other.body.as_slice()), (200, LETTERS));
}

#[test]
fn conditional_requests() {
    let running = Running::start();
    let etag = running.get(&[]).header("etag").unwrap().to_owned();
    assert_eq!(
        running
            .get(&["--header", &format!("If-None-Match: {etag}")])
            .status,
        304
    );
    assert_eq!(
        running.get(&["--header", "If-Match: \"other\""]).status,
        412
    );
}

#[test]
fn what_is_not_there_is_404() {
    let running = Running::start();
    for path in ["file/none", "file", "", "../secret", "file/%2e%2e/secret"] {
        let url = format!("{}/{path}", running.mirror.url());
        let answer = curl(running.directory.path(), &["--path-as-is", &url]).unwrap();
        assert_eq!(answer.status, 404, "{path}");
    }
}

#[test]
fn requests_are_recorded() {
    let running = Running::start();
    running.get(&["--header", "Cookie: a=b"]);
    let requests = running.mirror.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(
        (requests[0].method.as_str(), requests[0].path.as_str()),
        ("GET", "/file/abc.sha256")
    );
    assert_eq!(requests[0].header("cookie"), Some("a=b"));
    assert_eq!(requests[0].header("authorization"), None);
    running.mirror.forget_requests();
    assert!(running.mirror.requests().is_empty());
}

#[test]
fn faults_with_a_status_come_and_go() {
    let running = Running::start();
    running.mirror.set_fault(Fault::Status(503));
    assert_eq!(running.get(&[]).status, 503);
    let retry_after = "30";
    running.mirror.set_fault(Fault::Busy { retry_after });
    let answer = running.get(&[]);
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("retry-after"), Some(retry_after));
    running.mirror.set_fault(Fault::Unauthorized);
    let answer = running.get(&[]);
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.header("www-authenticate"),
        Some("Bearer realm=\"mirror\"")
    );
    running.mirror.clear_fault();
    assert_eq!(running.get(&[]).status, 200);
}

#[test]
fn faults_with_ranges_touch_nothing_else() {
    let running = Running::start();
    running.mirror.set_fault(Fault::IgnoreRanges);
    let answer = running.get(&["--range", "2-4"]);
    assert_eq!((answer.status, answer.body.as_slice()), (200, LETTERS));
    let range = "bytes=3-5";
    running.mirror.set_fault(Fault::OtherRange { range });
    let answer = running.get(&["--range", "2-4"]);
    assert_eq!((answer.status, answer.text().as_str()), (206, "def"));
    assert_eq!(answer.header("content-range"), Some("bytes 3-5/26"));
    assert_eq!(running.get(&[]).status, 200);
    running.mirror.set_fault(Fault::Field {
        name: "content-encoding",
        value: "gzip",
    });
    let answer = running.get(&[]);
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert_eq!(answer.body, LETTERS);
}

#[test]
fn a_stalled_request_is_served_when_the_fault_is_over() {
    let running = Running::start();
    running.mirror.set_fault(Fault::Stall);
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| running.get(&[]));
        wait_until("a file is asked for", || {
            !running.mirror.requests().is_empty()
        });
        assert!(!asked.is_finished());
        running.mirror.clear_fault();
        assert_eq!(asked.join().unwrap().status, 200);
    });
}

#[test]
fn a_cut_body_announces_more_than_it_sends() {
    let running = Running::start();
    running.mirror.set_fault(Fault::CutBody { after: 10 });
    let answer = running.get(&[]);
    // curl's "partial file".
    assert_eq!((answer.exit, answer.status), (18, 200));
    assert_eq!(answer.header("content-length"), Some("26"));
    assert_eq!(answer.text(), "abcdefghij");
}

#[test]
fn a_stopped_mirror_refuses_connections() {
    let running = Running::start();
    running.mirror.stop();
    // curl's "failed to connect".
    assert_eq!(running.get(&[]).exit, 7);
}
