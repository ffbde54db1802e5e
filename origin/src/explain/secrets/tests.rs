//! Tests of [`super`].

use azat_edge::contract::signature::EdgeSecret;

use super::Secrets;

#[test]
fn the_edges_secret_is_made_up_or_the_one_that_is_given() {
    let edge_secret = |secrets: Secrets| {
        let entry = secrets.entry("edge_origin_secret").unwrap();
        EdgeSecret::new(&entry).is_ok()
    };
    assert!(edge_secret(Secrets::default()));
    let good = r#"{"edge_origin_secret": "0123456789abcdef0123456789abcdef"}"#;
    assert!(edge_secret(Secrets::parse(good).unwrap()));
    // One that the edge would not take is not taken here.
    let short = r#"{"edge_origin_secret": "0123456789abcdef"}"#;
    assert!(!edge_secret(Secrets::parse(short).unwrap()));
    assert_eq!(Secrets::default().entry("build_tokens"), None);
}

#[test]
fn a_fault_holds_no_secret() {
    for text in [
        r#"{"a": ["0123"]}"#,
        r#"["0123"]"#,
        r#"{"a": "0123"#,
        r#"{"a": "0123", "b": "", "\u0061": "0123"}"#,
    ] {
        let fault = Secrets::parse(text).err().unwrap();
        assert!(fault.starts_with("expected "), "{fault}");
        assert!(!fault.contains("0123"), "{fault}");
    }
}
