//! The Bearer scheme (RFC 6750, 2.1).

/// The token in a value of `Authorization`; `None` for another scheme.
pub(super) fn token(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("Bearer")
        .then(|| token.trim_start_matches(' '))
}

#[cfg(test)]
mod tests {
    use super::token;

    #[test]
    fn a_scheme_is_a_word_in_any_case() {
        assert_eq!(token("Bearer a.b.c"), Some("a.b.c"));
        assert_eq!(token("bEARER  a.b.c"), Some("a.b.c"));
        for value in ["", "Bearer", "Bearera.b.c", "Basic YTpi", "a.b.c"] {
            assert_eq!(token(value), None, "{value:?}");
        }
    }
}
