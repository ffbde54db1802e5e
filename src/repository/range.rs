//! Ranges, as far as the edge looks at them (RFC 9110, 14.2).

use http::HeaderMap;
use http::header::RANGE;

/// Whether the request resumes a file that is already whole: `Range: bytes=<size>-`.
///
/// That is what `curl --continue-at -` sends for a finished file. By the book the answer is 416, but with
/// `--fail` that ends a whole batch, so Azul answers 206 without content.
pub(super) fn resumes_finished_file(headers: &HeaderMap, size: u64) -> bool {
    let Some(Ok(range)) = headers.get(RANGE).map(|range| range.to_str()) else {
        return false;
    };
    let first = range
        .strip_prefix("bytes=")
        .and_then(|rest| rest.strip_suffix('-'));
    first.is_some_and(|digits| !digits.starts_with('+') && digits.parse() == Ok(size))
}

#[cfg(test)]
mod tests {
    use http::header::RANGE;
    use http::{HeaderMap, HeaderValue};

    use super::resumes_finished_file;

    #[test]
    fn only_the_end_itself_is_a_finished_file() {
        let resumes = |range: &'static str| {
            let headers = HeaderMap::from_iter([(RANGE, HeaderValue::from_static(range))]);
            resumes_finished_file(&headers, 15)
        };
        assert!(resumes("bytes=15-"));
        for range in [
            "bytes=14-",
            "bytes=16-",
            "bytes=15-20",
            "bytes=-15",
            "bytes=15-,0-1",
            "bytes=+15-",
            "bits=15-",
        ] {
            assert!(!resumes(range), "{range}");
        }
        assert!(!resumes_finished_file(&HeaderMap::new(), 0));
    }
}
