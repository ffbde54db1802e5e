//! `Content-Disposition` (RFC 6266).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands unencoded in an extended value, of the characters that may (RFC 8187, 3.2.1).
const EXTENDED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// `attachment` with the last segment of a file's name: as plain ASCII for old clients, exactly for
/// others (RFC 6266, 4.3).
pub(super) fn attachment(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let plain: String = (name.chars())
        .map(|c| match c {
            '"' | '\\' | '%' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect();
    let extended = utf8_percent_encode(name, &EXTENDED);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{extended}")
}

#[cfg(test)]
mod tests {
    use super::attachment;

    #[test]
    fn a_name_cannot_leave_its_field() {
        assert_eq!(
            attachment("a.txt"),
            "attachment; filename=\"a.txt\"; filename*=UTF-8''a.txt"
        );
        assert_eq!(
            attachment("d/e.txt"),
            "attachment; filename=\"e.txt\"; filename*=UTF-8''e.txt"
        );
        let hostile = attachment("a\"; x=\"\r\nSet-Cookie: a\u{0}%00\\\u{6f22}");
        assert!(hostile.is_ascii() && !hostile.contains(['\r', '\n', '\0', '\\']));
        assert_eq!(hostile.matches('"').count(), 2);
    }
}
