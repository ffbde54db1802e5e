//! Tests of [`super`].

use axum::http::Request;

use super::*;

const PEER: &str = "198.51.100.7:4711";

async fn address(fields: &[&str], peer: Option<&str>) -> Option<IpAddr> {
    let mut request = Request::get("/");
    for field in fields {
        request = request.header("forwarded", *field);
    }
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    if let Some(peer) = peer {
        let peer: SocketAddr = peer.parse().unwrap();
        parts.extensions.insert(ConnectInfo(peer));
    }
    let Ok(ClientAddress(address)) = ClientAddress::from_request_parts(&mut parts, &()).await;
    address
}

#[tokio::test]
async fn the_edge_is_believed_before_the_connection() {
    for (field, expected) in [
        ("for=192.0.2.1", "192.0.2.1"),
        ("for=\"[2001:db8::1]\"", "2001:db8::1"),
    ] {
        for peer in [None, Some(PEER)] {
            let expected: IpAddr = expected.parse().unwrap();
            assert_eq!(address(&[field], peer).await, Some(expected));
        }
    }
}

#[tokio::test]
async fn what_the_edge_does_not_say_is_not_believed() {
    let rows: [&[&str]; 6] = [
        &[],
        &["for=192.0.2.1", "for=192.0.2.1"],
        &["for=192.0.2.1, for=192.0.2.2"],
        &["for=192.0.2.1;proto=https"],
        &["for=unknown"],
        &["\u{e4}"],
    ];
    for fields in rows {
        let peer: SocketAddr = PEER.parse().unwrap();
        assert_eq!(
            address(fields, Some(PEER)).await,
            Some(peer.ip()),
            "{fields:?}"
        );
        assert_eq!(address(fields, None).await, None, "{fields:?}");
    }
    let mapped = address(&[], Some("[::ffff:192.0.2.1]:80")).await;
    assert_eq!(mapped, Some("192.0.2.1".parse().unwrap()));
}

#[test]
fn a_network_is_an_ipv4_address_or_64_bits_of_ipv6() {
    let network = |address: &str| {
        let network = ClientAddress(Some(address.parse().unwrap())).network();
        network.unwrap().to_string()
    };
    assert_eq!(network("192.0.2.1"), "192.0.2.1");
    assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    assert_eq!(network("2001:db8:1:2::1"), "2001:db8:1:2::");
    assert_ne!(network("2001:db8:1:3::1"), "2001:db8:1:2::");
    assert_eq!(ClientAddress(None).network(), None);
}
