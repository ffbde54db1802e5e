//! Free ports on 127.0.0.1, for servers of this process and of others.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// Below the range that systems give to outgoing connections, so that none of those takes a port
/// between its choice and its use.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;

const DEADLINE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(5);

/// An address on 127.0.0.1 whose port is free now, and is not given again by this process for long.
pub fn free_address() -> Result<SocketAddr> {
    free_listener()?
        .local_addr()
        .map_err(Error::io("find a free port"))
}

/// A listener at such an address.
pub(crate) fn free_listener() -> Result<TcpListener> {
    (0..COUNT)
        .find_map(|_| TcpListener::bind(next_address()).ok())
        .ok_or_else(|| Error::io("find a free port")(ErrorKind::AddrInUse.into()))
}

/// A listener at `address`, where another one was closed. A process that is being started by
/// another thread just then may still hold that one for a moment, so this may wait.
pub(crate) fn listener_again(address: SocketAddr) -> Result<TcpListener> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        match TcpListener::bind(address) {
            Err(error) if error.kind() == ErrorKind::AddrInUse && Instant::now() < deadline => {
                std::thread::sleep(POLL);
            }
            bound => return bound.map_err(Error::io(format!("listen at {address}"))),
        }
    }
}

fn next_address() -> SocketAddr {
    static TURN: AtomicU32 = AtomicU32::new(0);
    // Test programs that run side by side start far from each other, even with neighbouring ids.
    let start = std::process::id().wrapping_mul(101);
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    let port = FIRST + (start.wrapping_add(turn) % u32::from(COUNT)) as u16;
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

#[cfg(test)]
mod tests;
