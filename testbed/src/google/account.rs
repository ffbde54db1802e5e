/// The e-mail address of the user `sub`.
pub(super) fn email(sub: &str) -> String {
    format!("{sub}@users.example")
}
