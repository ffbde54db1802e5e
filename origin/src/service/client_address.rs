//! From where a request comes: what the edge says, or else who is connected.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::FORWARDED;
use axum::http::request::Parts;
use azat_edge::contract::forwarded;

/// The bits of an IPv6 address that name a network. The rest is for one household to choose.
const NETWORK: u128 = !0 << 64;

/// The address of the client, if anything is known of it. The edge's word counts only if it stands
/// alone: what a client or a proxy has added may be anything.
///
/// Whoever reaches the service past the edge can claim any address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ClientAddress(pub(super) Option<IpAddr>);

impl ClientAddress {
    /// The address, but for IPv6 its first 64 bits: the others can be new ones each time.
    pub(super) fn network(self) -> Option<IpAddr> {
        self.0.map(|address| match address {
            IpAddr::V4(_) => address,
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & NETWORK).into(),
        })
    }
}

impl<S: Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let connected = || {
            let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
            peer.map(|ConnectInfo(peer)| peer.ip().to_canonical())
        };
        Ok(Self(said(&parts.headers).or_else(connected)))
    }
}

/// What the edge says.
fn said(headers: &HeaderMap) -> Option<IpAddr> {
    let mut fields = headers.get_all(FORWARDED).iter();
    match (fields.next(), fields.next()) {
        (Some(field), None) => forwarded::client(field.to_str().ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
