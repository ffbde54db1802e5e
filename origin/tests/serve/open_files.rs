//! A system that has too few open files.

use std::io::{BufRead as _, BufReader};
use std::sync::mpsc::channel;
use std::thread;

use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};
use serde_json::Value;

use crate::service::{BOUND, Service, whole};

#[test]
fn fewer_connections_than_usual_are_told() {
    let log = Service::with_open_files(100, &[]).log();
    let notices: Vec<_> = log.iter().map(|line| &line["notice"]).collect();
    assert_eq!(notices, ["fewer connections than usual are served"]);
    assert_eq!(
        log[0]["detail"],
        "there are open files for 36 connections: see `ulimit -n`"
    );
    assert_eq!(
        Service::with_open_files(1_024, &[]).log(),
        Vec::<Value>::new()
    );
}

#[test]
fn fewer_than_asked_for_are_refused() {
    let output = Service::refused(100, &["--maximum-connections", "37"]);
    assert_eq!(output.status.code(), Some(1));
    let expected = "azat: there are open files for 36 connections: raise `ulimit -n`, or lower \
                    --maximum-connections\n";
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
    let output = Service::refused(100, &["--maximum-connections", "0"]);
    assert_eq!(output.status.code(), Some(2));
    Service::with_open_files(100, &["--maximum-connections", "36"]).log();
}

/// The program is told of fewer open files than it has already.
#[cfg(target_os = "linux")]
#[test]
fn it_outlives_a_lack_of_open_files() {
    let mut service = Service::start(&[]);
    let stderr = service.process.stderr.take().unwrap();
    let id = Pid::from_child(&service.process);
    // It has inherited this one.
    let own = getrlimit(Resource::Nofile);
    let limit = |current| prlimit(Some(id), Resource::Nofile, Rlimit { current, ..own });
    limit(Some(3)).unwrap();
    let mut client = service.sent("GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    let (tell, told) = channel();
    thread::spawn(move || {
        let mut line = String::new();
        BufReader::new(stderr).read_line(&mut line).unwrap();
        tell.send(line).unwrap();
    });
    let line = told.recv_timeout(BOUND).unwrap();
    let line: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(line["notice"], "no connection can be accepted");
    limit(own.current).unwrap();
    let answer = whole(&mut client);
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
}
