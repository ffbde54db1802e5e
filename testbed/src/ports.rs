use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Error, Result};

/// Below the range that systems give to outgoing connections, so that none of those takes a port
/// between its choice and its use.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;

/// An address on 127.0.0.1 whose port is free now, and is not given again by this process for long.
pub(crate) fn free_address() -> Result<SocketAddr> {
    (0..COUNT)
        .map(|_| next_address())
        .find(|address| TcpListener::bind(address).is_ok())
        .ok_or_else(|| Error::io("find a free port")(ErrorKind::AddrInUse.into()))
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
mod tests {
    use super::*;

    #[test]
    fn addresses_differ_and_can_be_bound() {
        let (one, other) = (free_address().unwrap(), free_address().unwrap());
        assert_ne!(one, other);
        TcpListener::bind(one).unwrap();
        TcpListener::bind(other).unwrap();
    }
}
