//! `Forwarded` (RFC 7239): from where comes what the edge passes on.
//!
//! There is exactly one spelling of an address, so the origin believes no other.
//!
//! ```
//! use azat_edge::contract::forwarded;
//!
//! let client = "2001:db8::1".parse()?;
//! assert_eq!(forwarded::by_edge(client), r#"for="[2001:db8::1]""#);
//! assert_eq!(forwarded::client(r#"for="[2001:db8::1]""#), Some(client));
//! # Ok::<(), std::net::AddrParseError>(())
//! ```

use std::net::IpAddr;

use url::Host;

/// The value of the field that the edge sets, for a client at that address.
pub fn by_edge(client: IpAddr) -> String {
    match client.to_canonical() {
        IpAddr::V4(client) => format!("for={}", Host::<&str>::Ipv4(client)),
        IpAddr::V6(client) => format!("for=\"{}\"", Host::<&str>::Ipv6(client)),
    }
}

/// The client's address in a value that the edge has set; `None` for any other value.
pub fn client(value: &str) -> Option<IpAddr> {
    let node = value.strip_prefix("for=")?;
    let node = node.trim_matches(|c| matches!(c, '"' | '[' | ']'));
    let client = node.parse().ok()?;
    (by_edge(client) == value).then_some(client)
}

#[cfg(test)]
mod tests;
