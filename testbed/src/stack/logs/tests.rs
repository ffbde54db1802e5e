//! Tests of [`super`].

use super::*;
use std::io::Write;

fn log(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

#[test]
fn only_complete_request_lines_count() {
    let log = log(
        "started\nrequests :: {\"status\":200}\nrequests :: {\"status\":404}\nrequests :: {\"sta",
    );
    let statuses: Vec<_> = edge_log(log.path(), 2)
        .unwrap()
        .iter()
        .map(|l| l["status"].clone())
        .collect();
    assert_eq!(statuses, [200, 404]);
}

#[test]
fn the_log_is_waited_for() {
    let log = log("");
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| edge_log(log.path(), 1));
        writeln!(log.as_file(), "requests :: {{}}").unwrap();
        assert_eq!(waiting.join().unwrap().unwrap().len(), 1);
    });
}

#[test]
fn a_mark_is_waited_for() {
    let (log, mark) = (log(""), new_mark());
    assert_ne!(mark, new_mark());
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| wait_for_mark(log.path(), &mark));
        writeln!(log.as_file(), "{{\"method\":\"{mark}\"}}").unwrap();
        waiting.join().unwrap().unwrap();
    });
}

#[test]
fn calls_are_counted_by_route() {
    let log = log(concat!(
        "listening\n{\"route\":\"/a\"}\n{\"route\":\"/b\"}\n",
        "{\"method\":\"MARK-7\",\"route\":\"unmatched\"}\n{\"route\":\"/a\"}\n",
    ));
    let expected = [("/a".to_owned(), 2), ("/b".to_owned(), 1)].into();
    assert_eq!(origin_calls(log.path()).unwrap(), expected);
}
