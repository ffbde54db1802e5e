//! The Bearer scheme (RFC 6750, 2.1).

/// The token in a value of `Authorization`; `None` for another scheme.
pub(super) fn token(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("Bearer")
        .then(|| token.trim_start_matches(' '))
}

#[cfg(test)]
mod tests;
