//! A reader of the log who does not read costs lines, and nothing else.

use std::io::Write as _;
use std::thread;

use crate::service::{Service, whole};

/// More than pipe, queue and writer hold.
const REQUESTS: usize = 10_000;

/// A service with more to log than anybody has read.
fn unread() -> Service {
    let service = Service::start(&[]);
    let mut reading = service.connect();
    let mut writing = reading.try_clone().unwrap();
    let sending = thread::spawn(move || {
        let request = "GET /nothing HTTP/1.1\r\nHost: a\r\n";
        let requests = format!("{request}\r\n").repeat(REQUESTS - 1);
        let last = format!("{request}Connection: close\r\n\r\n");
        writing.write_all((requests + &last).as_bytes()).unwrap();
    });
    let answers = whole(&mut reading);
    sending.join().unwrap();
    assert_eq!(answers.matches("HTTP/1.1 404 ").count(), REQUESTS);
    service
}

#[test]
fn lines_that_nobody_takes_are_counted() {
    let log = unread().log();
    let written = log.iter().filter(|line| line["status"] == 404).count();
    let lost = log.iter().filter_map(|line| line["lines"].as_u64());
    let lost: Vec<_> = lost.collect();
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert!(lost[0] > 0);
    assert_eq!(written as u64 + lost[0], REQUESTS as u64);
}

#[test]
fn a_stop_does_not_wait_for_the_reader() {
    unread().stop();
}
