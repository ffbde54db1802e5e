//! The server as its clients see it, over real sockets and with short limits.

mod answering;
mod arriving;
mod crowd;
mod stopping;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::routing::get;
use http_body_util::channel::Channel;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{Incomplete, Limits, Server};
use crate::log::Log;

/// Longer than anything takes that is waited for.
const BOUND: Duration = Duration::from_secs(20);
/// Long enough for the server to cut off whom it cuts off, and short enough to wait for.
const SHORT: Duration = Duration::from_millis(100);
/// Longer than any test.
const NEVER: Duration = Duration::from_secs(3_600);

/// Limits that no test comes up against.
const WIDE: Limits = Limits {
    connections: 100,
    head_length: 16 * 1024,
    body_length: 1_000,
    head: NEVER,
    body: NEVER,
    idle: NEVER,
    stalled: NEVER,
    lingering: NEVER,
    courtesy: NEVER,
};

const REQUEST: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// How a long answer came out.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Taken,
    Abandoned,
}

/// The length of a long answer, much more than what is on its way at once.
const CHUNK: usize = 64 * 1024;
const CHUNKS: usize = 256;

/// A running server.
struct Fixture {
    address: SocketAddr,
    stop: CancellationToken,
    running: JoinHandle<()>,
    /// Lets the requests for `/waiting` be answered.
    release: Arc<Notify>,
    /// A request for `/waiting` is there.
    arrived: Arc<Notify>,
    outcomes: mpsc::UnboundedReceiver<Outcome>,
}

impl Fixture {
    async fn start(limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (release, arrived) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (outcome, outcomes) = mpsc::unbounded_channel();
        let (released, arriving) = (release.clone(), arrived.clone());
        let waiting = async move || {
            arriving.notify_one();
            released.notified().await;
            "waited"
        };
        let service = Router::new()
            .route("/waiting", get(waiting))
            .route("/long", get(async || long(outcome)))
            .fallback(tell);
        let log = Log::to_stderr().unwrap();
        let stop = CancellationToken::new();
        let server = Server::new(listener, service, limits, log);
        let running = tokio::spawn(server.run(stop.clone()));
        Self {
            address,
            stop,
            running,
            release,
            arrived,
            outcomes,
        }
    }

    async fn connect(&self) -> Client {
        Client(TcpStream::connect(self.address).await.unwrap())
    }

    /// A client that has sent this.
    async fn sent(&self, text: &str) -> Client {
        let mut client = self.connect().await;
        client.send(text).await;
        client
    }

    /// A client for which little is kept on its way.
    async fn narrow(&self, text: &str) -> Client {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(CHUNK as u32).unwrap();
        let mut client = Client(socket.connect(self.address).await.unwrap());
        client.send(text).await;
        client
    }

    /// How the next long answer comes out.
    async fn outcome(&mut self) -> Outcome {
        let outcome = timeout(BOUND, self.outcomes.recv()).await;
        outcome.unwrap().unwrap()
    }

    /// The server has stopped by itself.
    async fn stopped(self) {
        timeout(BOUND, self.running).await.unwrap().unwrap();
    }
}

/// Tells what has arrived.
async fn tell(request: Request) -> String {
    if let Some(incomplete) = request.extensions().get::<Incomplete>() {
        return format!("{incomplete:?}");
    }
    let body = to_bytes(request.into_body(), usize::MAX).await.unwrap();
    format!("whole, {}", body.len())
}

/// Sends as fast as it is taken.
fn long(outcome: mpsc::UnboundedSender<Outcome>) -> Body {
    let (mut sender, body) = Channel::<Bytes, Infallible>::new(1);
    tokio::spawn(async move {
        for _ in 0..CHUNKS {
            if sender.send_data(vec![b'a'; CHUNK].into()).await.is_err() {
                outcome.send(Outcome::Abandoned).unwrap();
                return;
            }
        }
        outcome.send(Outcome::Taken).unwrap();
    });
    Body::new(body)
}

struct Client(TcpStream);

impl Client {
    async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
    }

    /// What is received up to and with `end`.
    async fn until(&mut self, end: &str) -> String {
        let mut text = Vec::new();
        let reading = async {
            while !text.ends_with(end.as_bytes()) {
                text.push(self.0.read_u8().await.unwrap());
            }
        };
        timeout(BOUND, reading).await.unwrap();
        String::from_utf8(text).unwrap()
    }

    /// What is received until the server ends the connection, in whichever way.
    async fn rest(&mut self) -> String {
        let mut text = Vec::new();
        let _ = timeout(BOUND, self.0.read_to_end(&mut text)).await.unwrap();
        String::from_utf8(text).unwrap()
    }

    /// Does the connection last for some time more?
    async fn lasts(&mut self) -> bool {
        timeout(SHORT * 4, self.0.read_u8()).await.is_err()
    }
}
