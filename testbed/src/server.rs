//! What every stand-in is: an HTTP server that can be told to misbehave and remembers what it was
//! asked.

pub(crate) mod bearer;
pub(crate) mod fault;
pub(crate) mod recorded;
pub(crate) mod static_files;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tokio::runtime::Runtime;

use self::bearer::unauthorized;
use self::fault::{Fault, FaultSwitch, cut};
use self::recorded::Recorded;
use crate::error::{Error, Result};
use crate::lock::whole;
use crate::ports;

/// The longest body that a stand-in reads, in bytes; a form of credentials has some hundreds.
const LONGEST_BODY: usize = 64 * 1024;

/// What every stand-in is: an HTTP server on a loopback port, with threads of its own, which can be
/// told to misbehave and remembers what it was asked. Dropping it stops it.
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
        // Not a port that the system chooses: while this server is stopped, the system could choose
        // it again.
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

    /// Every request so far, including those that met a fault.
    pub fn requests(&self) -> Vec<Recorded> {
        whole(&self.conduct.requests).clone()
    }

    /// Every request so far for `path`, whatever its query.
    pub fn requests_at(&self, path: &str) -> Vec<Recorded> {
        let at_path = |request: &Recorded| request.path.split('?').next() == Some(path);
        let mut requests = self.requests();
        requests.retain(at_path);
        requests
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        whole(&self.conduct.requests).clear();
    }

    /// Cuts every connection and refuses new ones, until [`Server::restart`].
    pub fn stop(&self) {
        if let Some(runtime) = whole(&self.runtime).take() {
            // On a thread of its own: asynchronous tests have a runtime, in which no other can be
            // waited for.
            let stopping = thread::spawn(|| runtime.shutdown_timeout(Duration::from_secs(5)));
            // A panic in it has been reported there.
            let _ = stopping.join();
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
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    whole(&conduct.requests).push(Recorded::of(&parts, body.clone()));
    let mut request = Request::from_parts(parts, Body::from(body));
    let path = request.uri().path();
    conduct.faults.stall_is_over(path).await;
    match conduct.faults.at(path) {
        // A stall that begins just now is for those who come later.
        None | Some(Fault::Stall) => next.run(request).await,
        Some(Fault::Status(status)) => status_code(status).into_response(),
        Some(Fault::Busy { retry_after }) => {
            let told = [(header::RETRY_AFTER, retry_after)];
            (StatusCode::SERVICE_UNAVAILABLE, told).into_response()
        }
        Some(Fault::Answer { status, body }) => (status_code(status), body).into_response(),
        Some(Fault::Unauthorized) => unauthorized(conduct.name),
        Some(Fault::Redirect { to }) => {
            (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
        }
        Some(Fault::Delay(time)) => {
            let answer = next.run(request).await;
            tokio::time::sleep(time).await;
            answer
        }
        Some(Fault::IgnoreRanges) => {
            request.headers_mut().remove(header::RANGE);
            next.run(request).await
        }
        Some(Fault::OtherRange { range }) => {
            if let Some(asked) = request.headers_mut().get_mut(header::RANGE) {
                *asked = HeaderValue::from_static(range);
            }
            next.run(request).await
        }
        Some(Fault::Field { name, value }) => {
            let mut answer = next.run(request).await;
            let name = HeaderName::from_static(name);
            let headers = answer.headers_mut();
            headers.insert(name, HeaderValue::from_static(value));
            answer
        }
        Some(Fault::CutBody { after }) => next.run(request).await.map(|body| cut(body, after)),
    }
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

#[cfg(test)]
mod tests;
