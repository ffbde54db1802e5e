//! One connection, from its first request to its end.

use std::convert::Infallible;
use std::future::pending;
use std::pin::pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::coop::unconstrained;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use super::answer_body::AnswerBody;
use super::limits::Limits;
use super::progress::{Progress, Reporter, Stage};
use super::request_body::{self, Incomplete};
use super::room::Room;
use super::stream::Stream;

/// Less, hyper does not take.
const MINIMUM_HEAD_LENGTH: usize = 8 * 1024;

/// Serves a connection until it ends, its client is too slow, or its place is needed.
pub(super) async fn serve(
    stream: TcpStream,
    service: Router,
    limits: &Arc<Limits>,
    room: &Room,
    stop: &CancellationToken,
) {
    let client = stream.peer_addr().ok().map(ConnectInfo);
    let (reporter, mut progress) = Reporter::new();
    let stream = TokioIo::new(Stream::new(stream, reporter.clone()));
    let service = service_fn(move |mut request: Request<_>| {
        if let Some(client) = client {
            request.extensions_mut().insert(client);
        }
        answer(request, service.clone(), limits.clone(), reporter.clone())
    });
    // Hyper's own limit in time would hold for connections without a request, too.
    let connection = http1::Builder::new()
        .header_read_timeout(None)
        .max_header_size(limits.head_length)
        .max_buf_size(limits.head_length.max(MINIMUM_HEAD_LENGTH))
        .serve_connection(stream, service);
    let mut connection = pin!(connection);
    loop {
        let is_stopping = stop.is_cancelled();
        let cut_off = cut_off(&mut progress, limits, is_stopping, room);
        tokio::select! {
            // What has arrived counts before anybody is cut off.
            biased;
            // How it ended is between the client and the network.
            _ = connection.as_mut() => return,
            // A client who keeps the connection busy leaves nothing of what tokio lets a task do
            // at once, and would never be cut off.
            () = unconstrained(cut_off) => return,
            () = unconstrained(stop.cancelled()), if !is_stopping => {
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

/// Has the service answer a request that has arrived.
async fn answer(
    request: Request<Incoming>,
    service: Router,
    limits: Arc<Limits>,
    reporter: Reporter,
) -> Result<Response<AnswerBody>, Infallible> {
    reporter.reached(Stage::Body);
    let request = request_body::read(request, &limits).await;
    reporter.reached(Stage::Answer);
    let is_whole = request.extensions().get::<Incomplete>().is_none();
    let mut response = service.oneshot(request).await?;
    if !is_whole {
        // The next request would begin somewhere in what is left of this one.
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    Ok(response.map(|body| AnswerBody::new(body, reporter)))
}

/// Waits until the client has been waited for long enough, or its place is needed.
async fn cut_off(
    progress: &mut watch::Receiver<Progress>,
    limits: &Limits,
    is_stopping: bool,
    room: &Room,
) {
    loop {
        let now = *progress.borrow_and_update();
        let patience = async {
            match limits.patience(now, is_stopping) {
                Some(patience) => sleep(patience).await,
                None => pending().await,
            }
        };
        tokio::select! {
            Ok(()) = progress.changed() => {}
            () = patience => return,
            () = room.give_way(), if now.gives_way() => return,
        }
    }
}
