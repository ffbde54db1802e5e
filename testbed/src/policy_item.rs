use std::sync::LazyLock;

use azat_policy::Policy;

use crate::sessions::Sessions;
use crate::{Error, Mirror, Result};

/// The policy that the project ships.
const SHIPPED: &str = include_str!("../../policy.toml");

/// The policy of a stack that does not bring its own: the shipped one, moved to loopback. `{edge}` and
/// `{mirror}` in it stand for base URLs.
pub static DEFAULT_POLICY: LazyLock<String> = LazyLock::new(|| {
    SHIPPED
        .replace("\"https://service.azul.example\"", "\"{edge}\"")
        .replace("\"https://mirror.azul.example/\"", "\"{mirror}/\"")
        .replace(
            "default_catalog = \"dcp46\"",
            "default_catalog = \"demo\"\nallow_loopback = true",
        )
});

/// The same for a stack with sessions. `{repository_host}` in it stands for the repository's host and port.
pub static SESSIONS_POLICY: LazyLock<String> = LazyLock::new(|| {
    let host = "[[repository.hosts]]\nhost = \"{repository_host}\"\nbackend = \"repository\"\n";
    format!("{}\n{host}", *DEFAULT_POLICY)
});

/// What the placeholders of a policy stand for.
pub(crate) struct Places {
    pub(crate) edge: String,
    pub(crate) mirror: String,
    /// Host and port, in a stack with sessions.
    pub(crate) repository_host: Option<String>,
}

impl Places {
    pub(crate) fn of(edge_url: &str, mirror: &Mirror, sessions: Option<&Sessions>) -> Self {
        Self {
            edge: edge_url.to_owned(),
            mirror: mirror.url(),
            repository_host: sessions.map(|sessions| sessions.repository.host()),
        }
    }
}

/// The Config Store item `policy`: `toml` with the places of the run, in the edge's compact form.
pub(crate) fn policy_item(toml: &str, places: &Places) -> Result<String> {
    Ok(Policy::from_toml(&placed(toml, places))
        .map_err(Error::malformed("the policy"))?
        .to_compact())
}

fn placed(toml: &str, places: &Places) -> String {
    let text = toml
        .replace("{edge}", &places.edge)
        .replace("{mirror}", &places.mirror);
    match &places.repository_host {
        None => text,
        Some(host) => text.replace("{repository_host}", host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        Places {
            edge: "http://127.0.0.1:1".to_owned(),
            mirror: "http://127.0.0.1:2".to_owned(),
            repository_host: Some("127.0.0.1:3".to_owned()),
        }
    }

    #[test]
    fn the_default_policies_hold_together() {
        policy_item(&DEFAULT_POLICY, &places()).unwrap();
        policy_item(&SESSIONS_POLICY, &places()).unwrap();
    }

    #[test]
    fn placeholders_are_replaced() {
        assert_eq!(
            placed("{edge} {mirror} {repository_host}", &places()),
            "http://127.0.0.1:1 http://127.0.0.1:2 127.0.0.1:3"
        );
    }
}
