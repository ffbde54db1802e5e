//! What a sign-in is about: who allowed which client what.

/// What a user allowed a client, by signing in.
#[derive(Clone)]
pub(super) struct Grant {
    /// The claim `sub`.
    pub(super) sub: String,
    /// As it was asked for.
    pub(super) scope: String,
    /// The client that the tokens are for: the claim `aud`.
    pub(super) audience: String,
    /// The client that asked for them: the claim `azp`.
    pub(super) authorized_party: String,
}

impl Grant {
    /// What the user `sub` allowed the client that asked for itself.
    pub(super) fn to_client(id: &str, sub: String, scope: String) -> Self {
        Self {
            sub,
            scope,
            audience: id.to_owned(),
            authorized_party: id.to_owned(),
        }
    }

    /// The user's e-mail address.
    pub(super) fn email(&self) -> String {
        format!("{}@users.example", self.sub)
    }
}
