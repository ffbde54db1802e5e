//! Tests of [`super`].

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use super::{MOST, MOST_OF_ONE, Places};
use crate::service::client_address::ClientAddress;
use crate::service::refusal::Refusal;

fn client(number: u32) -> ClientAddress {
    ClientAddress(Some(IpAddr::V4(Ipv4Addr::from_bits(number))))
}

#[test]
fn one_network_has_its_share() {
    let places = Arc::new(Places::default());
    let mut own: Vec<_> = (0..MOST_OF_ONE)
        .map(|_| places.take(client(1)).unwrap())
        .collect();
    let refused = places.take(client(1)).err();
    assert!(matches!(
        refused,
        Some(Refusal::TooManyRequests { seconds: 5 })
    ));
    assert!(places.take(client(2)).is_ok());
    assert!(places.take(ClientAddress(None)).is_ok());
    own.pop();
    assert!(places.take(client(1)).is_ok());
}

#[test]
fn all_networks_have_no_more_than_there_is() {
    let places = Arc::new(Places::default());
    let mut all: Vec<_> = (0..)
        .map_while(|number| places.take(client(number)).ok())
        .take(2 * MOST)
        .collect();
    assert_eq!(all.len(), MOST);
    assert!(matches!(places.take(client(0)).err(), Some(Refusal::Busy)));
    all.clear();
    assert!(places.taken().by_network.is_empty(), "nobody is remembered");
    assert_eq!(places.taken().all, 0);
}
