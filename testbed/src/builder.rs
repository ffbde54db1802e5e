use std::path::{Path, PathBuf};

use azat_policy::Policy;
use serde_json::Value;
use uuid::Uuid;

use crate::azat::Azat;
use crate::config_store::ConfigStore;
use crate::edge_manifest::{Surroundings, adapted};
use crate::error::{read_text, write};
use crate::run_directory::RunDirectory;
use crate::stack::{Stack, base_url};
use crate::token::UsedTokens;
use crate::{Artefacts, Error, Forger, Library, Mirror, Plan, Result, User, ports, workspace};

/// The policy of a stack that does not bring its own. `{edge}` and `{mirror}` in it stand for base URLs.
pub const DEFAULT_POLICY: &str = include_str!("../policy.toml");

/// How a stack is to be. [`Stack::builder`] makes one; [`Builder::start`] starts it.
pub struct Builder {
    plan: Plan,
    policy: String,
    artefacts: Option<Artefacts>,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            plan: Plan::SMALL,
            policy: DEFAULT_POLICY.to_owned(),
            artefacts: None,
        }
    }

    /// Which files the mirror holds; [`Plan::SMALL`] if not said.
    pub fn library(self, plan: Plan) -> Self {
        Self { plan, ..self }
    }

    /// The policy, as TOML; [`DEFAULT_POLICY`] if not said. `{edge}` and `{mirror}` are replaced.
    pub fn policy(self, toml: impl Into<String>) -> Self {
        Self {
            policy: toml.into(),
            ..self
        }
    }

    /// The programs to run; those of [`Artefacts::find`] if not said.
    pub fn artefacts(self, artefacts: Artefacts) -> Self {
        Self {
            artefacts: Some(artefacts),
            ..self
        }
    }

    /// Fills the mirror and the origin's store, and starts mirror, origin and edge.
    ///
    /// # Errors
    /// When a program is missing or fails, or a server is not ready within a minute.
    pub fn start(self) -> Result<Stack> {
        let artefacts = self.artefacts.map_or_else(Artefacts::find, Ok)?;
        let run = RunDirectory::create()?;
        let library = Library::write(&run.mirror(), self.plan)?;
        let mirror = Mirror::start(&run.mirror())?;
        let (edge_address, origin_address) = (ports::free_address()?, ports::free_address()?);
        let (edge_url, origin_url) = (base_url(edge_address), base_url(origin_address));
        let user = User::demo();
        let used = UsedTokens::default();
        let forger = Forger::new(&edge_url, &user.azat_subject(), used.clone())?;

        let azat = Azat {
            program: artefacts.azat,
            store: run.file("store.redb"),
        };
        azat.create_key()?;
        azat.import(
            "users",
            &run.file("users.jsonl"),
            &user.row(&sources(&library)),
        )?;
        azat.import("files", &run.file("files.jsonl"), &library.to_json_lines()?)?;
        let manifest_url =
            azat.create_manifest(&edge_url, library.catalog(), library.readable_source())?;

        let operator = azat.copied_to(run.file("operator.redb"))?;
        let mut config_store = ConfigStore::create(run.file("config-store.json"))?;
        config_store.set("keys", Some(&keys_item(&azat.publish_keys()?, &forger)?))?;
        config_store.set(
            "policy",
            Some(&policy_item(&self.policy, &edge_url, &mirror.url())?),
        )?;

        let secret = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let secret_file = run.file("edge-secret");
        write(&secret_file, &secret)?;
        let surroundings = Surroundings {
            origin: &origin_url,
            mirror: &mirror.url(),
            config_store: config_store.path(),
            edge_secret: &secret_file,
        };
        let edge_manifest = write_edge_manifest(&run, &surroundings)?;

        let mut stack = Stack {
            edge: None,
            origin: None,
            edge_address,
            origin_address,
            edge_url,
            manifest_url,
            mirror,
            azat,
            operator,
            user,
            forger,
            used,
            library,
            config_store,
            secret,
            secret_file,
            finished: false,
            run,
        };
        // The runtime asks each backend once when it starts. Nobody is to count that: the origin is not
        // there yet, and the mirror forgets it.
        stack.start_edge(&artefacts.viceroy, &artefacts.edge_wasm, &edge_manifest)?;
        stack.mirror.forget_requests();
        stack.start_origin()?;
        Ok(stack)
    }
}

/// What the user may read: one source that is there and many that are not, so that an entitlement is
/// long, as in real life, and a file record is short.
fn sources(library: &Library) -> Vec<String> {
    let elsewhere = (0..100).map(|number| format!("elsewhere-{number:04}"));
    let readable = library.readable_source().to_owned();
    std::iter::once(readable).chain(elsewhere).collect()
}

/// The origin's published keys and the forger's, so that what the forger signs is authentic.
fn keys_item(published: &str, forger: &Forger) -> Result<String> {
    let mut item: Value =
        serde_json::from_str(published).map_err(Error::malformed("the published keys"))?;
    item.get_mut("azat")
        .and_then(|profile| profile.get_mut("keys")?.as_array_mut())
        .ok_or_else(|| Error::malformed("the published keys")("no azat.keys"))?
        .push(forger.published_jwk().clone());
    Ok(item.to_string())
}

/// The Config Store item `policy`: `toml` with the URLs of the run, in the edge's compact form.
pub(crate) fn policy_item(toml: &str, edge_url: &str, mirror_url: &str) -> Result<String> {
    let text = toml
        .replace("{edge}", edge_url)
        .replace("{mirror}", mirror_url);
    Ok(Policy::from_toml(&text)
        .map_err(Error::malformed("the policy"))?
        .to_compact())
}

fn write_edge_manifest(run: &RunDirectory, surroundings: &Surroundings) -> Result<PathBuf> {
    let shipped: &Path = &workspace().join("fastly.toml");
    let path = run.file("fastly.toml");
    write(&path, adapted(&read_text(shipped)?, surroundings)?)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_policy_holds_together() {
        policy_item(DEFAULT_POLICY, "http://127.0.0.1:1", "http://127.0.0.1:2").unwrap();
    }

    #[test]
    fn the_forgers_key_stands_beside_the_published_ones() {
        let forger = Forger::new("http://127.0.0.1:1", "s", UsedTokens::default()).unwrap();
        let item = keys_item(r#"{"azat":{"keys":[{"kty":"RSA","kid":"one"}]}}"#, &forger).unwrap();
        let item: Value = serde_json::from_str(&item).unwrap();
        assert_eq!(item["azat"]["keys"][0]["kid"], "one");
        assert_eq!(&item["azat"]["keys"][1], forger.published_jwk());
        assert!(keys_item("{}", &forger).is_err());
    }
}
