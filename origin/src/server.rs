//! A server for HTTP/1.1 that no client can stop.
//!
//! Whatever comes in has a limit in size and time, and so has whoever does not take an answer. The
//! service behind it is handed whole requests.

mod accept;
mod answer_body;
mod connection;
mod limits;
pub mod open_files;
mod progress;
mod request_body;
mod room;
mod stream;

use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::log::Log;

pub use limits::Limits;
pub use request_body::Incomplete;

use room::Room;

/// A server for all connections of a listener.
pub struct Server {
    listener: TcpListener,
    service: Router,
    limits: Limits,
    log: Log,
}

impl Server {
    /// Has `service` answer what comes to `listener`. A request that does not arrive whole has
    /// [`Incomplete`] among its extensions, and no body: it is for the service to say so. All have
    /// [`ConnectInfo`](axum::extract::ConnectInfo).
    pub const fn new(listener: TcpListener, service: Router, limits: Limits, log: Log) -> Self {
        Self {
            listener,
            service,
            limits,
            log,
        }
    }

    /// Serves until it is told to stop, and then those whose requests are under way. All others
    /// are cut off: those who are sending a request within [`Limits::courtesy`].
    pub async fn run(self, stop: CancellationToken) {
        let room = Arc::new(Room::new(self.limits.connections));
        let limits = Arc::new(self.limits);
        let newcomers = async {
            loop {
                let stream = accept::accept(&self.listener, &room, &self.log).await;
                let Some(place) = room.place().await else {
                    return;
                };
                let (room, limits, stop) = (room.clone(), limits.clone(), stop.clone());
                let service = self.service.clone();
                tokio::spawn(async move {
                    connection::serve(stream, service, &limits, &room, &stop).await;
                    drop(place);
                });
            }
        };
        tokio::select! {
            () = newcomers => {}
            () = stop.cancelled() => {}
        }
        drop(self.listener);
        room.empty().await;
    }
}

#[cfg(test)]
mod tests;
