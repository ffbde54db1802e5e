/// What a user allowed the client, by signing in.
#[derive(Clone)]
pub(super) struct Grant {
    /// The claim `sub`.
    pub(super) sub: String,
    /// As it was asked for.
    pub(super) scope: String,
}
