//! The load: clients that ask for one thing, each with a new connection for each request.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

/// How many clients ask at the same time.
const CLIENTS: usize = 2;

/// How long a client waits for bytes.
const PATIENCE: Duration = Duration::from_secs(10);

/// A request, and what its answer must be.
pub(crate) struct Load {
    address: SocketAddr,
    /// The whole request, with `Connection: close`: bodies of 8 kB over kept connections stall in
    /// Viceroy and hide every difference.
    request: String,
    status: u16,
    /// The length of the body in bytes, where it matters.
    length: Option<usize>,
}

/// What came of a load.
pub(crate) struct Throughput {
    /// How many were answered.
    pub(crate) requests: usize,
    /// From the first request to the last answer.
    pub(crate) time: Duration,
}

impl Load {
    /// `GET path` with that `Authorization` field; the answer must have that status.
    pub(crate) fn get(address: SocketAddr, path: &str, authorization: &str, status: u16) -> Self {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\n{authorization}\r\nAccept: */*\r\nConnection: close\r\n\r\n"
        );
        Self {
            address,
            request,
            status,
            length: None,
        }
    }

    /// The answer must also have a body of this length, in bytes.
    pub(crate) fn with_body(self, length: usize) -> Self {
        Self {
            length: Some(length),
            ..self
        }
    }

    /// Asks again and again for that long.
    ///
    /// # Errors
    /// When an answer is not as it must be, or nothing was asked.
    pub(crate) fn run(&self, duration: Duration) -> Result<Throughput> {
        let start = Instant::now();
        let client = || -> Result<usize> {
            let mut answer = Vec::new();
            let mut requests = 0;
            while start.elapsed() < duration {
                self.once(&mut answer)?;
                requests += 1;
            }
            Ok(requests)
        };
        let requests = std::thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(client)).collect();
            let answered = clients.into_iter().map(|client| match client.join() {
                Ok(requests) => requests,
                Err(_) => bail!("a client of the load panicked"),
            });
            answered.sum::<Result<usize>>()
        })?;
        ensure!(requests > 0, "no request was made in {duration:?}");
        Ok(Throughput {
            requests,
            time: start.elapsed(),
        })
    }

    /// Asks once.
    pub(crate) fn once(&self, answer: &mut Vec<u8>) -> Result<()> {
        answer.clear();
        let mut stream = TcpStream::connect(self.address).context("could not connect")?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(self.request.as_bytes())?;
        stream.read_to_end(answer).context("no answer")?;
        self.check(answer)
    }

    fn check(&self, answer: &[u8]) -> Result<()> {
        let (status, length) = summary(answer).context("an answer that is not HTTP")?;
        if status != self.status || self.length.is_some_and(|expected| expected != length) {
            bail!(
                "expected status {}, got {status} with {length} bytes",
                self.status
            );
        }
        Ok(())
    }
}

/// Status, and length of the body as it was sent.
fn summary(answer: &[u8]) -> Option<(u16, usize)> {
    let head = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let status = std::str::from_utf8(answer.get(9..12)?).ok()?.parse().ok()?;
    Some((status, answer.len() - head - 4))
}

impl Throughput {
    /// Requests per second.
    pub(crate) fn rate(&self) -> f64 {
        self.requests as f64 / self.time.as_secs_f64()
    }
}

#[cfg(test)]
mod tests;
