//! Strangers, each of whom makes one request: what one of them may do is limited.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU32, Ordering};

use azat_edge::contract::forwarded;

/// Where the first of them is.
const FIRST: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 0);

static STRANGERS: AtomicU32 = AtomicU32::new(0);

/// The field in which the edge says where another one is.
pub(super) fn another() -> String {
    let number = STRANGERS.fetch_add(1, Ordering::Relaxed);
    let address = Ipv4Addr::from_bits(FIRST.to_bits() | number);
    format!("Forwarded: {}", forwarded::by_edge(address.into()))
}
