//! A manifest as a file of options for `curl --config`, in Azul's format.

use azat_edge::file::Catalog;

use crate::base_url::BaseUrl;
use crate::file::{File, PlacedFile};

/// The options for all files, in Azul's order. The last holds a backslash and an `n`, twice: curl
/// makes line feeds of them.
const OPTIONS: [&str; 9] = [
    "--http1.1",
    "--create-dirs",
    "--compressed",
    "--location",
    "--globoff",
    "--fail",
    "--fail-early",
    "--continue-at -",
    r#"--write-out "Downloading to: %{filename_effective}\n\n""#,
];

/// Writes what curl reads, piece by piece.
#[derive(Debug, Clone)]
pub struct CurlManifest {
    base_url: BaseUrl,
    catalog: Catalog,
}

impl CurlManifest {
    /// What every file to download begins with.
    pub const URL: &'static str = "\nurl=";

    /// A manifest of files of one catalog, which are fetched below `base_url`.
    pub fn new(base_url: BaseUrl, catalog: Catalog) -> Self {
        Self { base_url, catalog }
    }

    /// The options: its beginning.
    pub fn options(&self) -> String {
        OPTIONS.map(|option| format!("{option}\n\n")).concat()
    }

    /// A file: to be downloaded, or said to be not available. One that is saved under another name
    /// than its own is said to be.
    pub fn push(&self, text: &mut String, placed: &PlacedFile) {
        let PlacedFile { file, path } = placed;
        let (uuid, version) = (file.uuid.as_str(), file.version.as_str());
        if !file.is_available() {
            return self.push_unavailable(text, uuid, version);
        }
        if placed.is_renamed() {
            let name = file.name.as_str();
            *text += &format!(
                "# File '{uuid}', version '{version}' named '{name}', is saved as '{path}': another file is in its way.\n\n"
            );
        }
        let (url, output) = (quoted(&self.url(file)), quoted(path.as_str()));
        *text += &format!("url={url}\noutput={output}\n\n");
    }

    /// A remark that a file cannot be downloaded for now.
    pub fn push_unavailable(&self, text: &mut String, uuid: &str, version: &str) {
        let catalog = self.catalog.as_str();
        *text += &format!(
            "# File '{uuid}', version '{version}' is currently not available in catalog '{catalog}'.\n\n"
        );
    }

    /// What stands at the end of a manifest that could not be written to its end: a URL that fails,
    /// so that curl does not end as if it had downloaded everything.
    pub fn push_break(&self, text: &mut String) {
        let url = quoted(&format!("{}/manifest/files/broken-off", self.base_url));
        *text += &format!(
            "# This manifest broke off: run the command again.\n\nurl={url}\noutput=\"broken-off\"\n\n"
        );
    }

    fn url(&self, file: &File) -> String {
        // Of all that can stand in catalog, uuid and version, only the colon is reserved in a
        // query.
        format!(
            "{}/repository/files/{}?catalog={}&version={}",
            self.base_url,
            file.uuid.as_str(),
            self.catalog.as_str(),
            file.version.as_str().replace(':', "%3A"),
        )
    }
}

/// A value in double quotes, as curl's option files have them.
fn quoted(value: &str) -> String {
    let escaped = value.replace('\\', r"\\").replace('"', r#"\""#);
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests;
