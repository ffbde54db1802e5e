//! Tests of [`super`].

use http::HeaderValue;
use http::header::{HeaderMap, RANGE};

use super::{Extent, Part, Selector, number};

fn headers(lines: &[&str]) -> HeaderMap {
    let value = |line: &&str| HeaderValue::from_str(line).unwrap();
    lines.iter().map(|line| (RANGE, value(line))).collect()
}

/// What that range asks for of `size` bytes.
fn extent(range: &str, size: u64) -> Extent {
    Extent::of(&headers(&[range]), size)
}

fn part(first: u64, last: u64, size: u64) -> Extent {
    Extent::Part(Part { first, last, size })
}

#[test]
fn the_examples_of_rfc_9110() {
    // 14.1.2, of a representation of 10,000 bytes.
    assert_eq!(extent("bytes=0-499", 10_000), part(0, 499, 10_000));
    assert_eq!(extent("bytes=500-999", 10_000), part(500, 999, 10_000));
    assert_eq!(extent("bytes=-500", 10_000), part(9500, 9999, 10_000));
    assert_eq!(extent("bytes=9500-", 10_000), part(9500, 9999, 10_000));
}

#[test]
fn ranges_are_cut_to_the_file() {
    for (range, first, last) in [
        ("bytes=0-", 0, 14),
        ("bytes=14-", 14, 14),
        ("bytes=3-15", 3, 14),
        ("bytes=3-99999999999999999999999", 3, 14),
        ("bytes=-1", 14, 14),
        ("bytes=-15", 0, 14),
        ("bytes=-99", 0, 14),
        ("bytes=-99999999999999999999999", 0, 14),
        // A unit has no case, and an empty member of a list does not count.
        ("Bytes=3-4", 3, 4),
        ("BYTES=3-4", 3, 4),
        ("bytes=3-4,", 3, 4),
        ("bytes=, 3-4 ,,", 3, 4),
        ("bytes=003-004", 3, 4),
    ] {
        assert_eq!(extent(range, 15), part(first, last, 15), "{range}");
    }
}

#[test]
fn the_end_itself_is_a_finished_file() {
    assert_eq!(extent("bytes=15-", 15), Extent::End);
    assert_eq!(extent("Bytes=15-", 15), Extent::End);
    for range in [
        "bytes=16-",
        "bytes=15-20",
        "bytes=15-15",
        "bytes=-0",
        "bytes=99999999999999999999999-",
        "bytes=99999999999999999999998-99999999999999999999999",
    ] {
        assert_eq!(extent(range, 15), Extent::Beyond, "{range}");
    }
}

#[test]
fn an_empty_file_has_no_part_and_is_all_there() {
    for range in ["bytes=0-", "bytes=0-0", "bytes=0-99", "bytes=-1"] {
        assert_eq!(extent(range, 0), Extent::Whole, "{range}");
    }
    for range in ["bytes=1-", "bytes=1-2", "bytes=-0"] {
        assert_eq!(extent(range, 0), Extent::Beyond, "{range}");
    }
}

#[test]
fn a_range_that_does_not_count_asks_for_all() {
    for range in [
        "bytes=0-1,4-5",
        "bytes=0-1, 4-5",
        "bytes=15-,16-",
        "bits=15-",
        "bytes 0-1",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=--",
        "bytes=5",
        "bytes=+5-",
        "bytes=5-+6",
        "bytes=a-b",
        "bytes=6-5",
        "bytes=0-1-2",
        "bytes=0 - 1",
        " =0-1",
        "",
    ] {
        assert_eq!(extent(range, 15), Extent::Whole, "{range:?}");
    }
    let twice = headers(&["bytes=15-", "bytes=0-"]);
    assert_eq!(Extent::of(&twice, 15), Extent::Whole);
    assert_eq!(Extent::of(&HeaderMap::new(), 15), Extent::Whole);
}

/// The bytes that a selector means, one by one: the definition, and no arithmetic of ours.
fn selected(selector: Selector, size: u64) -> Vec<u64> {
    let all = 0..size;
    match selector {
        Selector::From(first) => all.filter(|byte| *byte >= first).collect(),
        Selector::Between(first, last) => {
            all.filter(|byte| (first..=last).contains(byte)).collect()
        }
        Selector::Last(length) => all.filter(|byte| byte + length >= size).collect(),
    }
}

#[test]
fn a_part_is_what_its_range_means_whatever_the_size() {
    for size in 0..7 {
        let froms = (0..9).map(Selector::From);
        let lasts = (0..9).map(Selector::Last);
        let betweens = (0..9).flat_map(|a| (a..9).map(move |b| Selector::Between(a, b)));
        for selector in froms.chain(lasts).chain(betweens) {
            let bytes = selected(selector, size);
            match selector.of(size) {
                Extent::Part(part) => {
                    assert_eq!((part.first..=part.last).collect::<Vec<_>>(), bytes);
                    assert_eq!(part.length(), bytes.len() as u64);
                    // What the edge asks for is what it means, to whoever reads it.
                    assert_eq!(extent(&part.range(), size), Extent::Part(part));
                    let told = format!("bytes {}-{}/{size}", part.first, part.last);
                    assert_eq!(part.content_range(), told);
                }
                Extent::End => assert_eq!(selector, Selector::From(size)),
                Extent::Whole => assert_eq!((size, bytes.len()), (0, 0)),
                Extent::Beyond => assert!(bytes.is_empty()),
            }
        }
    }
}

#[test]
fn numbers_are_digits() {
    assert_eq!(number("0"), Some(0));
    assert_eq!(number("18446744073709551615"), Some(u64::MAX));
    assert_eq!(number("18446744073709551616"), Some(u64::MAX));
    for text in ["", "+1", "-1", " 1", "1 ", "1_0", "0x1", "\u{661}"] {
        assert_eq!(number(text), None, "{text:?}");
    }
}
