//! Tests of [`super`].

use axum::http::HeaderValue;

use super::Part;

#[test]
fn ranges_are_those_of_rfc_9110() {
    let part = |range, size| Part::of(&HeaderValue::from_static(range), size);
    let bytes = |first, last| Some(Part::Bytes { first, last });
    assert_eq!(part("bytes=0-4", 15), bytes(0, 4));
    assert_eq!(part("bytes=10-99", 15), bytes(10, 14));
    assert_eq!(part("bytes=14-", 15), bytes(14, 14));
    assert_eq!(part("bytes=-4", 15), bytes(11, 14));
    assert_eq!(part("bytes=-99", 15), bytes(0, 14));
    for range in ["bytes=15-", "bytes=99-100", "bytes=-0"] {
        assert_eq!(part(range, 15), Some(Part::Unsatisfiable), "{range}");
    }
    for range in [
        "bytes=4-1",
        "bytes=-",
        "bytes=+1-2",
        "lines=0-1",
        "bytes=a-b",
    ] {
        assert_eq!(part(range, 15), None, "{range}");
    }
}
