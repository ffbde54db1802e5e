//! How a stack is put together, from programs and files to running servers.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use azat_policy::Policy;
use serde_json::Value;
use uuid::Uuid;

use crate::artefacts::{Artefacts, workspace};
use crate::error::{Error, Result};
use crate::error::{read_text, write};
use crate::forger::Forger;
use crate::library::shelf::RepositoryShelf;
use crate::library::{Library, Plan};
use crate::mirror::Mirror;
use crate::ports;
use crate::stack::config_store::ConfigStore;
use crate::stack::edge_manifest::{Surroundings, adapted};
use crate::stack::operator::Operator;
use crate::stack::policy_item::{Places, policy_item, shipped_policy};
use crate::stack::run_directory::RunDirectory;
use crate::stack::session_servers::SessionServers;
use crate::stack::{Stack, base_url};
use crate::token::UsedTokens;
use crate::user::User;

/// How many AZATs a stack can give out.
const MINTED: usize = 8;

/// What a stack is to be like. [`Stack::builder`] makes one; [`Builder::start`] starts it.
pub struct Builder {
    plan: Plan,
    policy: Option<Policy>,
    artefacts: Option<Artefacts>,
    sessions: bool,
    origin_switches: Vec<&'static str>,
    frozen: bool,
}

impl Stack {
    /// A builder that begins with a small library and the default policy.
    pub fn builder() -> Builder {
        Builder {
            plan: Plan::SMALL,
            policy: None,
            artefacts: None,
            sessions: false,
            origin_switches: Vec::new(),
            frozen: false,
        }
    }
}

impl Builder {
    /// Keys and policy stay as they are: the runtime, unlike the platform, would read a file for
    /// each request.
    pub fn frozen(self) -> Self {
        Self {
            frozen: true,
            ..self
        }
    }

    /// Which files the mirror holds; [`Plan::SMALL`] if not said.
    pub fn library(self, plan: Plan) -> Self {
        Self { plan, ..self }
    }

    /// The policy; [`shipped_policy`] if not said. It is moved to the stack's URLs and catalog.
    pub fn policy(self, policy: Policy) -> Self {
        Self {
            policy: Some(policy),
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

    /// With an identity provider and a repository, so that users can sign in and read what is not
    /// mirrored.
    pub fn with_sessions(self) -> Self {
        Self {
            sessions: true,
            ..self
        }
    }

    /// With a switch of `azat serve`, as in `--authenticated-manifests`.
    pub fn origin_switch(mut self, switch: &'static str) -> Self {
        self.origin_switches.push(switch);
        self
    }

    /// Fills the mirror and the origin's store, and starts mirror, origin and edge.
    ///
    /// # Errors
    /// When a program is missing or fails, or a server is not ready within a minute.
    pub fn start(self) -> Result<Stack> {
        let policy = self.policy.map_or_else(shipped_policy, Ok)?;
        let artefacts = self.artefacts.map_or_else(Artefacts::find, Ok)?;
        let run = RunDirectory::create()?;
        let (user, used) = (User::demo(), UsedTokens::default());
        let sessions = self
            .sessions
            .then(|| SessionServers::start(&run, &user, &used))
            .transpose()?;
        let repository_url = sessions.as_ref().map(|sessions| sessions.repository.url());
        let library = write_library(&run, repository_url.as_deref(), self.plan)?;
        let mirror = Mirror::start(&run.mirror())?;
        let (edge_address, origin_address) = (ports::free_address()?, ports::free_address()?);
        let (edge_url, origin_url) = (base_url(edge_address), base_url(origin_address));
        let forger = Forger::new(&edge_url, &user.azat_subject(), used.clone())?;

        let operator = Operator {
            program: artefacts.azat,
            store: run.file("store.redb"),
        };
        operator.create_key()?;
        operator.import(
            "users",
            &run.file("users.jsonl"),
            &user.row(&sources(&library)),
        )?;
        operator.import("files", &run.file("files.jsonl"), &library.to_json_lines()?)?;
        let manifest_url =
            operator.create_manifest(&edge_url, library.catalog(), library.readable_source())?;

        let operator_on_copy = operator.copied_to(run.file("operator.redb"))?;
        let mint = || operator.mint(&edge_url, &user.azat_subject());
        let minted = (0..MINTED).map(|_| mint()).collect::<Result<_>>()?;
        let mut config_store = ConfigStore::create(run.file("config-store.json"))?;
        config_store.set(
            "keys",
            Some(&keys_item(&operator.publish_keys()?, &forger)?),
        )?;
        let places = Places::of(&edge_url, &mirror, sessions.as_ref());
        config_store.set("policy", Some(&policy_item(policy, &places)?))?;
        if self.frozen {
            config_store.freeze();
        }

        let secret = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let secret_file = run.file("edge-secret");
        write(&secret_file, &secret)?;
        let surroundings = Surroundings {
            origin: &origin_url,
            mirror: &mirror.url(),
            repository: repository_url.as_deref(),
            config_store: &config_store,
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
            sessions,
            operator,
            minted: Mutex::new(minted),
            operator_on_copy,
            user,
            forger,
            used,
            library,
            config_store,
            secret,
            secret_file,
            origin_switches: self.origin_switches,
            finished: false,
            run,
        };
        // The runtime asks each backend once when it starts. This must not be counted: the origin
        // is not there yet, and the others forget it.
        stack.start_edge(&artefacts.viceroy, &artefacts.edge_wasm, &edge_manifest)?;
        stack.mirror.forget_requests();
        if let Some(sessions) = &stack.sessions {
            sessions.repository.forget_requests();
        }
        stack.start_origin()?;
        Ok(stack)
    }
}

fn write_library(run: &RunDirectory, repository: Option<&str>, plan: Plan) -> Result<Library> {
    let Some(url) = repository else {
        return Library::write(&run.mirror(), plan);
    };
    let directory = &run.repository();
    let shelf = RepositoryShelf { directory, url };
    Library::write_with_repository(&run.mirror(), shelf, plan)
}

/// What the user may read: one source that is there and many that are not, so that an entitlement
/// is long, as in real life, and a file record is short.
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

fn write_edge_manifest(run: &RunDirectory, surroundings: &Surroundings) -> Result<PathBuf> {
    let shipped: &Path = &workspace().join("fastly.toml");
    let path = run.edge_manifest();
    write(&path, adapted(&read_text(shipped)?, surroundings)?)?;
    Ok(path)
}

#[cfg(test)]
mod tests;
