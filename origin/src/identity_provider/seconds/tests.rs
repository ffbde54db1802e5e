//! Tests of [`super`].

use super::Seconds;

#[test]
fn seconds_are_a_number_or_its_digits() {
    let read = |json| serde_json::from_str::<Seconds>(json).ok();
    for json in ["3599", r#""3599""#] {
        assert_eq!(read(json), Some(Seconds(3_599)));
    }
    for json in ["0", "-1", r#""-1""#] {
        assert_eq!(read(json), Some(Seconds(0)), "{json}");
    }
    for json in [
        "null",
        "1.5",
        r#""""#,
        r#""an hour""#,
        "1e300",
        "[]",
        "true",
    ] {
        assert_eq!(read(json), None, "{json}");
    }
}
