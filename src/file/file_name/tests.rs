//! Tests of [`super`].

use super::{FileName, LONGEST};

#[test]
fn a_name_is_only_a_name() {
    let longest = "a".repeat(LONGEST);
    let names = [
        "a",
        "a.b",
        "a b.fastq.gz",
        "eyJ_sample.R1.fastq.gz",
        "a..b",
        "-",
        "~a",
        "a\"b%;=",
        "\u{e4}\u{6f22}",
        "\u{645}\u{631}",
        "a\u{200d}b",
        &longest,
    ];
    for name in names {
        let parsed = FileName::parse(name).map(|own| own.as_str().to_owned());
        assert_eq!(parsed.as_deref(), Some(name));
    }
    let longer = "a".repeat(LONGEST + 1);
    let others = [
        "",
        ".",
        "..",
        ".curlrc",
        " a",
        "a ",
        "a.",
        "../a",
        "a/b",
        "/",
        "a\\b",
        "c:a",
        "a\0",
        "a\nb",
        "a\tb",
        "a\u{7f}",
        "a\u{85}b",
        "a\u{2028}b",
        "a\u{2029}b",
        "a\u{61c}b",
        "a\u{200e}b",
        "a\u{200f}b",
        "a\u{202a}b",
        "gpj.\u{202e}exe",
        "a\u{2066}b",
        "a\u{2069}b",
        "a\u{200b}b",
        "a\u{2060}b",
        "\u{feff}a",
        "a\u{fffd}",
        &longer,
    ];
    for other in others {
        assert_eq!(FileName::parse(other), None, "{other:?}");
    }
}
