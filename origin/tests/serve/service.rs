//! A running `azat serve`, and clients that stop halfway.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::{TempDir, tempdir};

/// Longer than anything takes that is waited for, the service's own limits included.
pub(crate) const BOUND: Duration = Duration::from_secs(40);

/// A file that everybody may read.
const FILE: &str = r#"{"catalog": "demo", "uuid": "10b5aa79-0595-47c6-9871-31a9151a8d56",
    "version": "2018-09-14T12:33:47.221025Z", "source": "s1", "public": true,
    "mirror_key": "file/1f44.sha256", "size": 15, "name": "foo.txt", "content_type": "text/plain",
    "digest": {"algorithm": "md5", "hex": "cb4ddb13e6dfa777817ea68ea71183f6"}}"#;

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
    directory: TempDir,
}

impl Service {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_by(RUN, arguments)
    }

    /// With so many open files at most.
    pub(crate) fn with_open_files(number: u32, arguments: &[&str]) -> Self {
        Self::start_by(&limited(number), arguments)
    }

    /// Started by this shell command, with a public file in its store.
    pub(crate) fn with_a_file(shell: &str) -> Self {
        let directory = tempdir().unwrap();
        let lines = directory.path().join("files.jsonl");
        fs::write(&lines, FILE.replace('\n', "")).unwrap();
        let mut started = command(&directory, shell, &[]);
        let mut import = Command::new(env!("CARGO_BIN_EXE_azat"));
        import
            .args(["files", "import", "--store"])
            .arg(directory.path().join("store"));
        assert!(
            import
                .arg(lines)
                .stdout(Stdio::null())
                .status()
                .unwrap()
                .success()
        );
        Self::spawned(directory, &mut started)
    }

    fn start_by(shell: &str, arguments: &[&str]) -> Self {
        let directory = tempdir().unwrap();
        let mut command = command(&directory, shell, arguments);
        Self::spawned(directory, &mut command)
    }

    fn spawned(directory: TempDir, command: &mut Command) -> Self {
        let mut process = command.spawn().unwrap();
        let mut told = String::new();
        let stdout = process.stdout.as_mut().unwrap();
        BufReader::new(stdout).read_line(&mut told).unwrap();
        let address = told.strip_prefix("listening on http://").unwrap();
        Self {
            address: address.trim().to_owned(),
            process,
            directory,
        }
    }

    /// The file that its store is.
    pub(crate) fn store(&self) -> PathBuf {
        self.directory.path().join("store")
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
        assert!(self.ended().success());
        begin.elapsed()
    }

    /// How it ends.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let begin = Instant::now();
        while begin.elapsed() < BOUND {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("it does not end");
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
