//! The log, read by whoever it is told to.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use serde_json::{Value, json};

use super::Log;

/// Longer than anything here takes.
const BOUND: Duration = Duration::from_secs(20);

/// Who reads what is written.
struct Reader {
    /// A batch is there.
    here: Receiver<String>,
    /// Takes the batch, or fails.
    take: Sender<io::Result<()>>,
}

/// The writer's side.
struct Pipe {
    here: Sender<String>,
    take: Receiver<io::Result<()>>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        // The test may be over.
        let _ = self.here.send(text);
        let taken = self.take.recv_timeout(BOUND);
        taken.unwrap_or(Ok(())).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Reader {
    /// The next batch, which is not taken yet.
    fn next(&self) -> Vec<Value> {
        lines(&self.here.recv_timeout(BOUND).unwrap())
    }

    fn take(&self, outcome: io::Result<()>) {
        self.take.send(outcome).unwrap();
    }
}

/// A log with room for so many short lines.
fn log(lines: usize) -> (Log, Reader) {
    let ((here_in, here), (take, take_out)) = (channel(), channel());
    let pipe = Pipe {
        here: here_in,
        take: take_out,
    };
    let log = Log::to(pipe, lines * "{\"n\":1}\n".len()).unwrap();
    (log, Reader { here, take })
}

fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines().map(serde_json::from_str);
    lines.collect::<Result<_, _>>().unwrap()
}

#[test]
fn lines_are_written_in_their_order() {
    let (log, reader) = log(4);
    log.line(&json!({"n": 1}));
    assert_eq!(reader.next(), [json!({"n": 1})]);
    log.clone().line(&json!({"n": 2}));
    log.line(&json!({"n": 3}));
    reader.take(Ok(()));
    assert_eq!(reader.next(), [json!({"n": 2}), json!({"n": 3})]);
}

#[test]
fn what_was_logged_is_waited_for() {
    let (log, reader) = log(4);
    log.line(&json!({"n": 1}));
    reader.take(Ok(()));
    log.flush();
    assert!(reader.here.try_recv().is_ok());
}

#[test]
fn what_finds_no_room_is_lost_and_told_once() {
    let (log, reader) = log(2);
    log.line(&json!({"n": 0}));
    assert_eq!(reader.next(), [json!({"n": 0})]);
    for n in 1..=9 {
        log.line(&json!({ "n": n }));
    }
    reader.take(Ok(()));
    let second = reader.next();
    assert_eq!(second[..2], [json!({"n": 1}), json!({"n": 2})]);
    assert_eq!(second.len(), 3);
    assert_eq!(second[2]["lines"], 7);
    reader.take(Ok(()));
    log.line(&json!({"n": 10}));
    assert_eq!(reader.next(), [json!({"n": 10})]);
}

#[test]
fn what_cannot_be_written_is_told_later() {
    let (log, reader) = log(2);
    log.line(&json!({"n": 0}));
    assert_eq!(reader.next(), [json!({"n": 0})]);
    reader.take(Err(io::ErrorKind::StorageFull.into()));
    log.flush();
    log.line(&json!({"n": 1}));
    let told = reader.next();
    assert_eq!(told[0], json!({"n": 1}));
    assert_eq!(told[1]["lines"], 1);
}

#[test]
fn a_reader_who_does_not_read_holds_nobody_up() {
    let (log, reader) = log(2);
    for n in 0..10 {
        log.line(&json!({ "n": n }));
    }
    log.flush();
    assert_eq!(reader.next()[0], json!({"n": 0}));
}

#[test]
fn a_notice_says_what_there_is_to_say() {
    let (log, reader) = log(20);
    log.notice("something is odd", Some(&"the third row"));
    let told = reader.next();
    let time = told[0]["time"].clone();
    assert!(time.is_u64());
    let expected = json!({"time": time, "notice": "something is odd", "detail": "the third row"});
    assert_eq!(told, [expected]);
}
