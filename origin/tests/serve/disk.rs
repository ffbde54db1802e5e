//! A disk that takes no more, and then does, or is gone.
//!
//! The limit on the size of files stands for it: beyond it a write fails, as on a full disk.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::service::{BOUND, Service};

/// A process that does not end by the signal that comes with such a failure.
const RUN: &str = "trap '' XFSZ && exec \"$0\" \"$@\"";

impl Service {
    /// Lets files become that large, and no larger.
    fn limit_files(&self, limit: &str) {
        let process = self.process.id().to_string();
        let limited = Command::new("prlimit")
            .args(["--pid", &process, &format!("--fsize={limit}:")])
            .status();
        assert!(limited.expect("prlimit of util-linux is missing").success());
    }

    fn ask_for_a_manifest(&self) -> String {
        self.ask("PUT /fetch/manifest/files?catalog=demo&format=curl", "\r\n")
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap()
}

/// The target of the manifest that an answer tells of.
fn manifest(answer: &str) -> String {
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let found: Value = serde_json::from_str(body).unwrap();
    let location = found["Location"].as_str().unwrap();
    location
        .strip_prefix("https://azul.example")
        .unwrap()
        .to_owned()
}

#[test]
fn a_full_disk_costs_what_must_be_written_until_there_is_room() {
    let service = Service::with_a_file(RUN);
    let answer = service.ask_for_a_manifest();
    assert_eq!(status(&answer), "200", "{answer}");
    let target = format!("GET {}", manifest(&answer));
    assert_eq!(status(&service.ask("GET /readyz", "\r\n")), "200");

    service.limit_files("4096");
    for _ in 0..2 {
        let refused = service.ask_for_a_manifest();
        assert_eq!(status(&refused), "503", "{refused}");
        assert!(refused.contains("origin_failed"), "{refused}");
        assert_eq!(status(&service.ask("GET /readyz", "\r\n")), "503");
        assert_eq!(status(&service.ask("GET /healthz", "\r\n")), "200");
        // What is there can be read.
        let read = service.ask(&target, "\r\n");
        assert!(read.contains("output="), "{read}");
    }

    service.limit_files("unlimited");
    let begin = Instant::now();
    while status(&service.ask("GET /readyz", "\r\n")) != "200" {
        assert!(begin.elapsed() < BOUND, "it does not recover");
        thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(status(&service.ask_for_a_manifest()), "200");
    let read = service.ask(&target, "\r\n");
    assert!(read.contains("output="), "{read}");
}

#[test]
fn a_store_that_is_gone_ends_the_service() {
    let mut service = Service::with_a_file(RUN);
    fs::remove_file(service.store()).unwrap();
    service.limit_files("4096");
    let refused = service.ask_for_a_manifest();
    assert_eq!(status(&refused), "503", "{refused}");
    assert_eq!(service.ended().code(), Some(1));
}
