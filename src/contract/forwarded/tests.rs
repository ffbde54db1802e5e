//! Tests of [`super`].

use super::*;

#[test]
fn what_the_edge_says_is_read() {
    for (address, value) in [
        ("192.0.2.1", "for=192.0.2.1"),
        ("2001:db8::1", r#"for="[2001:db8::1]""#),
        ("::1", r#"for="[::1]""#),
    ] {
        let address = address.parse().unwrap();
        assert_eq!(by_edge(address), value);
        assert_eq!(client(value), Some(address));
    }
    let mapped = "::ffff:192.0.2.1".parse().unwrap();
    assert_eq!(by_edge(mapped), "for=192.0.2.1", "one client, one address");
}

#[test]
fn nothing_else_is_believed() {
    for value in [
        "",
        "192.0.2.1",
        "for=",
        "for=unknown",
        "for=_hidden",
        "for=\"192.0.2.1\"",
        "for=192.0.2.1:80",
        "for=[2001:db8::1]",
        "for=2001:db8::1",
        "for=\"[2001:db8:0::1]\"",
        "for=\"[::ffff:192.0.2.1]\"",
        "For=192.0.2.1",
        "for=192.0.2.1;by=192.0.2.2",
        "for=192.0.2.1, for=192.0.2.2",
        "by=192.0.2.1",
        "for=[192.0.2.1]",
    ] {
        assert_eq!(client(value), None, "{value:?}");
    }
}
