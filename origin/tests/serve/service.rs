//! A running `azat serve`, and clients that stop halfway.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::{TempDir, tempdir};

/// Longer than anything takes that is waited for, the service's own limits included.
pub(crate) const BOUND: Duration = Duration::from_secs(40);

/// The command, in a shell, with the command's arguments.
const RUN: &str = "exec \"$0\" \"$@\"";

/// A store with one key, which takes seconds to make: its bytes, since a static directory is never
/// removed.
static STORE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let directory = tempdir().unwrap();
    let store = directory.path().join("store");
    let mut create = Command::new(env!("CARGO_BIN_EXE_azat"));
    create.args(["keys", "create", "--store"]).arg(&store);
    assert!(create.stdout(Stdio::null()).status().unwrap().success());
    fs::read(store).unwrap()
});

/// Ended with the test.
pub(crate) struct Service {
    pub(crate) process: Child,
    address: String,
    _directory: TempDir,
}

impl Service {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_by(RUN, arguments)
    }

    /// With so many open files at most.
    pub(crate) fn with_open_files(number: u32, arguments: &[&str]) -> Self {
        Self::start_by(&limited(number), arguments)
    }

    fn start_by(shell: &str, arguments: &[&str]) -> Self {
        let directory = tempdir().unwrap();
        let mut process = command(&directory, shell, arguments).spawn().unwrap();
        let mut told = String::new();
        let stdout = process.stdout.as_mut().unwrap();
        BufReader::new(stdout).read_line(&mut told).unwrap();
        let address = told.strip_prefix("listening on http://").unwrap();
        Self {
            address: address.trim().to_owned(),
            process,
            _directory: directory,
        }
    }

    /// How it ends that does not start.
    pub(crate) fn refused(number: u32, arguments: &[&str]) -> Output {
        let directory = tempdir().unwrap();
        let mut command = command(&directory, &limited(number), arguments);
        command.output().unwrap()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(BOUND)).unwrap();
        stream.set_write_timeout(Some(BOUND)).unwrap();
        stream
    }

    /// A connection on which this was sent.
    pub(crate) fn sent(&self, text: &str) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    }

    /// The answer to a request that has these lines, and perhaps a body, after its first.
    pub(crate) fn ask(&self, line: &str, rest: &str) -> String {
        let request = format!("{line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{rest}");
        whole(&mut self.sent(&request))
    }

    /// A connection on which a request was answered.
    pub(crate) fn idle(&self) -> TcpStream {
        let mut stream = self.sent("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
        let mut answer = Vec::new();
        while !answer.ends_with(b"}") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            answer.push(byte[0]);
        }
        stream
    }

    /// Stops it as an operator does, and gives how long that took.
    pub(crate) fn stop(&mut self) -> Duration {
        let begin = Instant::now();
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", "TERM", &id]).status();
        assert!(sent.unwrap().success());
        while begin.elapsed() < BOUND {
            if let Some(status) = self.process.try_wait().unwrap() {
                assert!(status.success());
                return begin.elapsed();
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("it does not stop");
    }

    /// Stops it, and gives what it has logged.
    pub(crate) fn log(mut self) -> Vec<Value> {
        let mut stderr = self.process.stderr.take().unwrap();
        let reading = thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).unwrap();
            log
        });
        self.stop();
        let log = reading.join().unwrap();
        let lines = log.lines().map(serde_json::from_str);
        lines.collect::<Result<_, _>>().unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Fails when it has been stopped already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What is received until the service ends the connection.
pub(crate) fn whole(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

fn limited(number: u32) -> String {
    format!("ulimit -n {number} && {RUN}")
}

fn command(directory: &TempDir, shell: &str, arguments: &[&str]) -> Command {
    let path = |name| directory.path().join(name);
    fs::write(path("store"), &*STORE).unwrap();
    fs::write(path("secret"), "0123456789abcdef0123456789abcdef").unwrap();
    let mut command = Command::new("sh");
    command
        .args(["-c", shell, env!("CARGO_BIN_EXE_azat"), "serve"])
        .args(["--base-url", "https://azul.example", "--store"])
        .arg(path("store"))
        .arg("--edge-secret-file")
        .arg(path("secret"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}
