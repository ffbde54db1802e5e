use std::iter::repeat_with;

/// `length` letters and digits, for what must be unique but guards nothing real.
pub(crate) fn random_text(length: usize) -> String {
    repeat_with(fastrand::alphanumeric).take(length).collect()
}
