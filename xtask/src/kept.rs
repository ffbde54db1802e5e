//! A kept connection, over which one request after the other is answered.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// How long it waits for bytes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection that stays open.
pub(crate) struct Kept {
    stream: BufReader<TcpStream>,
    host: SocketAddr,
    /// The last answer.
    answer: Vec<u8>,
}

impl Kept {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub(crate) fn open(host: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(host).context("could not connect")?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream: BufReader::new(stream),
            host,
            answer: Vec::new(),
        })
    }

    /// Sends a request without a body, as in `GET /path`, with those fields, one a line; yields how
    /// long the whole answer took, which must have that status.
    ///
    /// # Errors
    /// When there is no such answer.
    pub(crate) fn ask(&mut self, line: &str, fields: &str, status: u16) -> Result<Duration> {
        let host = self.host;
        let request = format!("{line} HTTP/1.1\r\nHost: {host}\r\n{fields}\r\nAccept: */*\r\n\r\n");
        let start = Instant::now();
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.read().context("no answer")?;
        let time = start.elapsed();
        let begins = format!("HTTP/1.1 {status} ");
        ensure!(
            self.answer.starts_with(begins.as_bytes()),
            "expected status {status}, got {}",
            String::from_utf8_lossy(&self.answer)
        );
        Ok(time)
    }

    /// Reads a whole answer. Its head must say how long the rest is.
    fn read(&mut self) -> Result<()> {
        self.answer.clear();
        let mut length = None;
        loop {
            let start = self.answer.len();
            self.stream.read_until(b'\n', &mut self.answer)?;
            let line = &self.answer[start..];
            ensure!(line.ends_with(b"\r\n"), "the connection ended");
            if line == b"\r\n" {
                break;
            }
            length = length.or(content_length(line));
        }
        let length = length.context("the answer has no Content-Length")?;
        let end = self.answer.len();
        self.answer.resize(end + length, 0);
        Ok(self.stream.read_exact(&mut self.answer[end..])?)
    }
}

/// The value of a line of the head, if it is that field.
fn content_length(line: &[u8]) -> Option<usize> {
    let (name, value) = std::str::from_utf8(line).ok()?.split_once(':')?;
    let is_it = name.eq_ignore_ascii_case("content-length");
    is_it.then(|| value.trim().parse().ok())?
}

#[cfg(test)]
mod tests;
