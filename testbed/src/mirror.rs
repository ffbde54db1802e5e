use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, future, stream};
use http_serve::{ChunkedReadFile, dir::FsDir};
use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::{Error, Result};

/// A static file server on a loopback port, with ranges, validators, conditional requests and HEAD;
/// it can be told to misbehave, and remembers what it was asked. Dropping it stops it.
pub struct Mirror {
    address: SocketAddr,
    shared: Arc<Shared>,
    runtime: Mutex<Option<Runtime>>,
}

/// A way for the mirror to misbehave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Answers with this status and no body.
    Status(u16),
    /// Answers 401 with a challenge.
    Unauthorized,
    /// Takes requests and answers them only when the fault is over.
    Stall,
    /// Announces the whole body, sends this many bytes of it and closes the connection. A body that
    /// is not longer than that arrives whole.
    CutBody {
        /// How many bytes arrive.
        after: u64,
    },
}

/// A request that reached the mirror.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The method, as in "GET".
    pub method: String,
    /// The path with its query, as received.
    pub path: String,
    /// Names (lower case) and values in the order received.
    pub headers: Vec<(String, String)>,
}

impl Recorded {
    /// The first value of a field, its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

struct Shared {
    files: Arc<FsDir>,
    fault: watch::Sender<Option<Fault>>,
    requests: Mutex<Vec<Recorded>>,
}

impl Mirror {
    /// Serves the files below `directory` on a free port of 127.0.0.1.
    pub fn start(directory: &Path) -> Result<Self> {
        let files = FsDir::builder()
            .auto_gzip(false)
            .for_path(directory)
            .map_err(Error::io(format!("serve {}", directory.display())))?;
        let shared = Arc::new(Shared {
            files,
            fault: watch::Sender::new(None),
            requests: Mutex::default(),
        });
        let (address, runtime) =
            serve(Arc::clone(&shared)).map_err(Error::io("start the mirror"))?;
        Ok(Self {
            address,
            shared,
            runtime: Mutex::new(Some(runtime)),
        })
    }

    /// The base URL, without a trailing slash.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on every request meets `fault`.
    pub fn set_fault(&self, fault: Fault) {
        self.shared.fault.send_replace(Some(fault));
    }

    /// From now on requests are served; those that stalled are served now.
    pub fn clear_fault(&self) {
        self.shared.fault.send_replace(None);
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Recorded> {
        whole(&self.shared.requests).clone()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        whole(&self.shared.requests).clear();
    }

    /// Cuts every connection and refuses new ones, for good.
    pub fn stop(&self) {
        if let Some(runtime) = whole(&self.runtime).take() {
            runtime.shutdown_timeout(Duration::from_secs(5));
        }
    }
}

impl Drop for Mirror {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What these locks guard is whole whatever panicked while they were held.
fn whole<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(shared: Arc<Shared>) -> io::Result<(SocketAddr, Runtime)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("mirror")
        .enable_all()
        .build()?;
    let router = Router::new().fallback(answer).with_state(shared);
    let entered = runtime.enter();
    let listener = tokio::net::TcpListener::from_std(listener)?;
    drop(entered);
    runtime.spawn(async move { axum::serve(listener, router).await });
    Ok((address, runtime))
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let request = request.map(drop);
    whole(&shared.requests).push(recorded(&request));
    let fault = *shared.fault.borrow();
    match fault {
        None => file(&shared, &request).await,
        Some(Fault::Status(status)) => StatusCode::from_u16(status)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
        Some(Fault::Unauthorized) => (
            StatusCode::UNAUTHORIZED,
            [(header::WWW_AUTHENTICATE, "Bearer realm=\"mirror\"")],
        )
            .into_response(),
        Some(Fault::Stall) => {
            let over = |fault: &Option<Fault>| *fault != Some(Fault::Stall);
            // The sender lives in `shared`, so the wait cannot fail.
            let _ = shared.fault.subscribe().wait_for(over).await;
            file(&shared, &request).await
        }
        Some(Fault::CutBody { after }) => {
            file(&shared, &request).await.map(|body| cut(body, after))
        }
    }
}

fn recorded(request: &Request<()>) -> Recorded {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Recorded {
        method: request.method().to_string(),
        path: request.uri().to_string(),
        headers: request
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect(),
    }
}

async fn file(shared: &Shared, request: &Request<()>) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let Ok(node) = Arc::clone(&shared.files).get(path, request.headers()).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // As a repository's mirror stores it: the real type is in the file's record.
    let octets = HeaderValue::from_static("application/octet-stream");
    let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, octets)]);
    match node.into_file_entity(headers) {
        Ok(entity) => {
            let entity: ChunkedReadFile<Bytes, axum::BoxError> = entity;
            http_serve::serve(entity, request).map(Body::new)
        }
        Err(_directory) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A body whose announced length stays, but which breaks off. Breaking makes the server close the
/// connection at once, with what it had not written yet; the pause lets it write that first.
fn cut(body: Body, after: u64) -> Body {
    let first_bytes = body.into_data_stream().scan(after, |left, chunk| {
        future::ready(match chunk {
            _ if *left == 0 => None,
            Ok(mut chunk) => {
                chunk.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
                *left -= chunk.len() as u64;
                Some(Ok(chunk))
            }
            error => Some(error),
        })
    });
    let broken = stream::once(async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        Err(axum::Error::new(io::Error::other("cut")))
    });
    Body::from_stream(first_bytes.chain(broken))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CurlAnswer, curl};

    const KEY: &str = "file/abc.sha256";
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

    struct Running {
        mirror: Mirror,
        directory: tempfile::TempDir,
    }

    impl Running {
        fn start() -> Self {
            let directory = tempfile::tempdir().unwrap();
            std::fs::create_dir(directory.path().join("file")).unwrap();
            std::fs::write(directory.path().join(KEY), LETTERS).unwrap();
            let mirror = Mirror::start(directory.path()).unwrap();
            Self { mirror, directory }
        }

        fn get(&self, options: &[&str]) -> CurlAnswer {
            let url = format!("{}/{KEY}", self.mirror.url());
            let arguments: Vec<&str> = options.iter().copied().chain([url.as_str()]).collect();
            curl(self.directory.path(), &arguments).unwrap()
        }
    }

    #[test]
    fn a_file_comes_whole_with_a_strong_validator() {
        let answer = Running::start().get(&[]);
        assert_eq!((answer.status, answer.body.as_slice()), (200, LETTERS));
        assert_eq!(answer.header("content-length"), Some("26"));
        assert_eq!(
            answer.header("content-type"),
            Some("application/octet-stream")
        );
        assert_eq!(answer.header("accept-ranges"), Some("bytes"));
        assert!(answer.header("etag").unwrap().starts_with('"'));
    }

    #[test]
    fn head_tells_the_length_and_sends_nothing() {
        let answer = Running::start().get(&["--head"]);
        assert_eq!((answer.status, answer.exit), (200, 0));
        assert_eq!(answer.header("content-length"), Some("26"));
    }

    #[test]
    fn ranges_from_the_front_and_from_the_end() {
        let running = Running::start();
        let answer = running.get(&["--range", "2-4"]);
        assert_eq!((answer.status, answer.text().as_str()), (206, "cde"));
        assert_eq!(answer.header("content-range"), Some("bytes 2-4/26"));
        let answer = running.get(&["--range", "-3"]);
        assert_eq!((answer.status, answer.text().as_str()), (206, "xyz"));
    }

    #[test]
    fn a_range_past_the_end_is_416() {
        let answer = Running::start().get(&["--range", "26-"]);
        assert_eq!(answer.status, 416);
        assert_eq!(answer.header("content-range"), Some("bytes */26"));
    }

    #[test]
    fn if_range_decides_between_part_and_whole() {
        let running = Running::start();
        let etag = running.get(&[]).header("etag").unwrap().to_owned();
        let same = running.get(&["--range", "0-1", "--header", &format!("If-Range: {etag}")]);
        assert_eq!((same.status, same.text().as_str()), (206, "ab"));
        let other = running.get(&["--range", "0-1", "--header", "If-Range: \"other\""]);
        assert_eq!((other.status, other.body.as_slice()), (200, LETTERS));
    }

    #[test]
    fn conditional_requests() {
        let running = Running::start();
        let etag = running.get(&[]).header("etag").unwrap().to_owned();
        assert_eq!(
            running
                .get(&["--header", &format!("If-None-Match: {etag}")])
                .status,
            304
        );
        assert_eq!(
            running.get(&["--header", "If-Match: \"other\""]).status,
            412
        );
    }

    #[test]
    fn what_is_not_there_is_404() {
        let running = Running::start();
        for path in ["file/none", "file", "", "../secret", "file/%2e%2e/secret"] {
            let url = format!("{}/{path}", running.mirror.url());
            let answer = curl(running.directory.path(), &["--path-as-is", &url]).unwrap();
            assert_eq!(answer.status, 404, "{path}");
        }
    }

    #[test]
    fn requests_are_recorded() {
        let running = Running::start();
        running.get(&["--header", "Cookie: a=b"]);
        let requests = running.mirror.requests();
        assert_eq!(requests.len(), 1);
        assert_eq!(
            (requests[0].method.as_str(), requests[0].path.as_str()),
            ("GET", "/file/abc.sha256")
        );
        assert_eq!(requests[0].header("cookie"), Some("a=b"));
        assert_eq!(requests[0].header("authorization"), None);
        running.mirror.forget_requests();
        assert!(running.mirror.requests().is_empty());
    }

    #[test]
    fn faults_with_a_status_come_and_go() {
        let running = Running::start();
        running.mirror.set_fault(Fault::Status(503));
        assert_eq!(running.get(&[]).status, 503);
        running.mirror.set_fault(Fault::Unauthorized);
        let answer = running.get(&[]);
        assert_eq!(answer.status, 401);
        assert_eq!(
            answer.header("www-authenticate"),
            Some("Bearer realm=\"mirror\"")
        );
        running.mirror.clear_fault();
        assert_eq!(running.get(&[]).status, 200);
    }

    #[test]
    fn a_stalled_request_is_served_when_the_fault_is_over() {
        let running = Running::start();
        running.mirror.set_fault(Fault::Stall);
        std::thread::scope(|scope| {
            let asked = scope.spawn(|| running.get(&[]));
            while running.mirror.requests().is_empty() {
                std::thread::sleep(Duration::from_millis(5));
            }
            assert!(!asked.is_finished());
            running.mirror.clear_fault();
            assert_eq!(asked.join().unwrap().status, 200);
        });
    }

    #[test]
    fn a_cut_body_announces_more_than_it_sends() {
        let running = Running::start();
        running.mirror.set_fault(Fault::CutBody { after: 10 });
        let answer = running.get(&[]);
        // curl's "partial file".
        assert_eq!((answer.exit, answer.status), (18, 200));
        assert_eq!(answer.header("content-length"), Some("26"));
        assert_eq!(answer.text(), "abcdefghij");
    }

    #[test]
    fn a_stopped_mirror_refuses_connections() {
        let running = Running::start();
        running.mirror.stop();
        // curl's "failed to connect".
        assert_eq!(running.get(&[]).exit, 7);
    }
}
