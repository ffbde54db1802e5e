use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tokio::runtime::Runtime;

use crate::fault::{FaultSwitch, cut};
use crate::lock::whole;
use crate::{Error, Fault, Recorded, Result, ports};

/// What every stand-in is: an HTTP server on a loopback port, with threads of its own, which can be told
/// to misbehave and remembers what it was asked. Dropping it stops it.
pub struct Server {
    address: SocketAddr,
    router: Router,
    conduct: Arc<Conduct>,
    runtime: Mutex<Option<Runtime>>,
}

/// How requests are met before the stand-in itself sees them.
struct Conduct {
    name: &'static str,
    faults: FaultSwitch,
    requests: Mutex<Vec<Recorded>>,
}

impl Server {
    /// Serves `router` on a free port of 127.0.0.1.
    pub(crate) fn start(name: &'static str, router: Router) -> Result<Self> {
        let conduct = Arc::new(Conduct {
            name,
            faults: FaultSwitch::default(),
            requests: Mutex::default(),
        });
        // Not a port that the system chooses: while this is stopped, it could choose it again.
        let listener = ports::free_listener()?;
        let server = Self {
            address: listener.local_addr().map_err(Error::io("listen"))?,
            router: router.layer(from_fn_with_state(Arc::clone(&conduct), meet)),
            conduct,
            runtime: Mutex::default(),
        };
        server.serve(listener)?;
        Ok(server)
    }

    /// The base URL, without a trailing slash.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Host and port, as in a URL.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// From now on every request meets `fault`, except for paths that have their own.
    pub fn set_fault(&self, fault: Fault) {
        self.conduct.faults.set(fault);
    }

    /// From now on every request for `path` (without a query) meets `fault`.
    pub fn set_fault_at(&self, path: &str, fault: Fault) {
        self.conduct.faults.set_at(path, fault);
    }

    /// From now on requests are served; those that stalled are served now.
    pub fn clear_fault(&self) {
        self.conduct.faults.clear();
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Recorded> {
        whole(&self.conduct.requests).clone()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        whole(&self.conduct.requests).clear();
    }

    /// Cuts every connection and refuses new ones, until [`Server::restart`].
    pub fn stop(&self) {
        if let Some(runtime) = whole(&self.runtime).take() {
            runtime.shutdown_timeout(Duration::from_secs(5));
        }
    }

    /// Stops, and accepts connections again, on the same port.
    pub fn restart(&self) -> Result<()> {
        self.stop();
        self.serve(ports::listener_again(self.address)?)
    }

    fn serve(&self, listener: TcpListener) -> Result<()> {
        let name = self.conduct.name;
        let runtime = serve(name, listener, self.router.clone())
            .map_err(Error::io(format!("start the server {name}")))?;
        *whole(&self.runtime) = Some(runtime);
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn serve(name: &str, listener: TcpListener, router: Router) -> io::Result<Runtime> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name(name)
        .enable_all()
        .build()?;
    let entered = runtime.enter();
    let listener = tokio::net::TcpListener::from_std(listener)?;
    drop(entered);
    runtime.spawn(async move { axum::serve(listener, router).await });
    Ok(runtime)
}

async fn meet(State(conduct): State<Arc<Conduct>>, request: Request, next: Next) -> Response {
    whole(&conduct.requests).push(Recorded::of(&request));
    let path = request.uri().path();
    match conduct.faults.at(path) {
        None => next.run(request).await,
        Some(Fault::Status(status)) => StatusCode::from_u16(status)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
        Some(Fault::Unauthorized) => unauthorized(conduct.name),
        Some(Fault::Stall) => {
            conduct.faults.stall_is_over(path).await;
            next.run(request).await
        }
        Some(Fault::Delay(time)) => {
            let answer = next.run(request).await;
            tokio::time::sleep(time).await;
            answer
        }
        Some(Fault::CutBody { after }) => next.run(request).await.map(|body| cut(body, after)),
    }
}

/// 401 with the challenge that a missing or bad Bearer token deserves (RFC 6750, 3).
pub(crate) fn unauthorized(realm: &str) -> Response {
    let challenge = format!("Bearer realm=\"{realm}\"");
    (
        StatusCode::UNAUTHORIZED,
        [(header::WWW_AUTHENTICATE, challenge)],
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CurlAnswer, curl};
    use axum::routing::get;
    use std::time::Instant;

    fn started() -> Server {
        let router = Router::new()
            .route("/a", get(async || "a"))
            .route("/b", get(async || "b"));
        Server::start("echo", router).unwrap()
    }

    fn ask(server: &Server, path: &str) -> CurlAnswer {
        let scratch = tempfile::tempdir().unwrap();
        curl(scratch.path(), &[&format!("{}{path}", server.url())]).unwrap()
    }

    #[test]
    fn a_fault_of_one_path_leaves_the_others_alone() {
        let server = started();
        server.set_fault_at("/a", Fault::Status(503));
        assert_eq!(ask(&server, "/a?query=1").status, 503);
        assert_eq!(ask(&server, "/b").text(), "b");
        server.clear_fault();
        assert_eq!(ask(&server, "/a").text(), "a");
    }

    #[test]
    fn what_has_no_route_is_recorded_too() {
        let server = started();
        assert_eq!(ask(&server, "/c?d=e").status, 404);
        assert_eq!(server.requests()[0].path, "/c?d=e");
    }

    #[test]
    fn a_delayed_answer_is_the_right_one() {
        let server = started();
        let delay = Duration::from_millis(150);
        server.set_fault(Fault::Delay(delay));
        let asked = Instant::now();
        assert_eq!(ask(&server, "/a").text(), "a");
        assert!(asked.elapsed() >= delay);
    }

    #[test]
    fn a_stopped_server_refuses_connections_until_it_is_restarted_where_it_was() {
        let server = started();
        let url = server.url();
        server.stop();
        // curl's "failed to connect".
        assert_eq!(ask(&server, "/a").exit, 7);
        server.restart().unwrap();
        assert_eq!((ask(&server, "/a").status, server.url()), (200, url));
        assert_eq!(server.requests().len(), 1);
    }
}
