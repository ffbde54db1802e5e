//! The edge's `fastly.toml`, with the addresses and stores of one run.

use std::path::Path;

use azat_policy::EDGE_ORIGIN_SECRET;
use toml::{Table, Value};

use super::config_store::ConfigStore;
use crate::error::{Error, Result};

/// What surrounds the edge in one run.
pub(crate) struct Surroundings<'a> {
    pub(crate) origin: &'a str,
    pub(crate) mirror: &'a str,
    /// In a stack with sessions.
    pub(crate) repository: Option<&'a str>,
    pub(crate) config_store: &'a ConfigStore,
    pub(crate) edge_secret: &'a Path,
}

/// The shipped `fastly.toml` with the backends and stores of one run in place of its own.
///
/// # Errors
/// [`Error::Malformed`] when `shipped` is not TOML or lacks one of the backends `origin`, `mirror`
/// and `repository`.
pub(crate) fn adapted(shipped: &str, to: &Surroundings) -> Result<String> {
    let mut manifest: Table = shipped.parse().map_err(Error::malformed("fastly.toml"))?;
    let backends = [
        ("origin", Some(to.origin)),
        ("mirror", Some(to.mirror)),
        ("repository", to.repository),
    ];
    for (backend, url) in backends {
        let settings = manifest
            .get_mut("local_server")
            .and_then(|server| server.get_mut("backends")?.get_mut(backend)?.as_table_mut())
            .ok_or_else(|| {
                Error::malformed("fastly.toml")(format!("no [local_server.backends.{backend}]"))
            })?;
        if let Some(url) = url {
            settings.insert("url".to_owned(), url.into());
        }
    }
    if to.repository.is_some() {
        add_second_name(&mut manifest);
    }
    if let Some(server) = manifest
        .get_mut("local_server")
        .and_then(Value::as_table_mut)
    {
        server.insert(
            "config_stores".to_owned(),
            config_stores(to.config_store).into(),
        );
        server.insert(
            "secret_stores".to_owned(),
            secret_stores(to.edge_secret).into(),
        );
    }
    Ok(manifest.to_string())
}

/// Gives the repository's backend a second name: what the platform calls backends by default.
fn add_second_name(manifest: &mut Table) {
    let backends = (manifest.get_mut("local_server"))
        .and_then(|server| server.get_mut("backends")?.as_table_mut());
    if let Some(backends) = backends
        && let Some(repository) = backends.get("repository").cloned()
    {
        backends.insert("Host 1".to_owned(), repository);
    }
}

fn config_stores(config_store: &ConfigStore) -> Table {
    let (format, key, value) = match config_store.frozen() {
        Some(items) => ("inline-toml", "contents", Value::from(items)),
        None => {
            let file = config_store.path().to_string_lossy();
            ("json", "file", Value::from(file.as_ref()))
        }
    };
    let store = Table::from_iter([
        ("format".to_owned(), Value::from(format)),
        (key.to_owned(), value),
    ]);
    Table::from_iter([("azat_edge".to_owned(), Value::from(store))])
}

fn secret_stores(file: &Path) -> Table {
    let secret = Table::from_iter([
        ("key".to_owned(), Value::from(EDGE_ORIGIN_SECRET)),
        (
            "file".to_owned(),
            Value::from(file.to_string_lossy().as_ref()),
        ),
    ]);
    Table::from_iter([(
        "azat_edge".to_owned(),
        Value::from(vec![Value::from(secret)]),
    )])
}

#[cfg(test)]
mod tests;
