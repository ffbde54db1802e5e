//! Accepting connections, come what may.

use std::io::{self, ErrorKind};
use std::time::Duration;

#[cfg(target_os = "linux")]
use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use super::room::Room;
use crate::log::Log;

/// How long to wait when the system cannot give a connection.
const PAUSE: Duration = Duration::from_millis(100);

/// How much of an answer the system keeps that is not on its way, in bytes. Left to itself it takes
/// megabytes, and says nothing of a client that takes them slowly before a third is gone.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 64 * 1024;

/// The next connection. Is the system short of something, as of open files, someone else has to go.
pub(super) async fn accept(listener: &TcpListener, room: &Room, log: &Log) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Without these it is served, too.
                let _ = prepare(&stream);
                return stream;
            }
            Err(fault) if is_of_one_client(&fault) => {}
            Err(fault) => {
                log.notice("no connection can be accepted", Some(&fault));
                room.send_one_away_until(sleep(PAUSE)).await;
            }
        }
    }
}

fn prepare(stream: &TcpStream) -> io::Result<()> {
    // To fill a packet before it is sent would only delay answers.
    stream.set_nodelay(true)?;
    #[cfg(target_os = "linux")]
    SockRef::from(stream).set_tcp_notsent_lowat(UNSENT)?;
    Ok(())
}

/// A client that has gone before it was accepted.
fn is_of_one_client(fault: &io::Error) -> bool {
    matches!(
        fault.kind(),
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset
    )
}
