//! A manifest as a file of options for `curl --config`, in Azul's format.

use azat_edge::file::{Catalog, FileUuid, FileVersion};

use crate::base_url::BaseUrl;
use crate::file::File;

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

/// The text that curl reads, built up file by file.
pub struct CurlManifest<'m> {
    base_url: &'m BaseUrl,
    catalog: &'m Catalog,
    text: String,
}

impl<'m> CurlManifest<'m> {
    /// The options, and no file yet.
    pub fn new(base_url: &'m BaseUrl, catalog: &'m Catalog) -> Self {
        let text = OPTIONS.map(|option| format!("{option}\n\n")).concat();
        Self {
            base_url,
            catalog,
            text,
        }
    }

    /// Adds a file to download.
    pub fn push_file(&mut self, file: &File) {
        // Of all that can stand in catalog, uuid and version, only the colon is reserved in a
        // query.
        let url = format!(
            "{}/repository/files/{}?catalog={}&version={}",
            self.base_url,
            file.uuid.as_str(),
            self.catalog.as_str(),
            file.version.as_str().replace(':', "%3A"),
        );
        let (url, output) = (quoted(&url), quoted(&file.output_path()));
        self.text += &format!("url={url}\noutput={output}\n\n");
    }

    /// Adds a remark that a file cannot be downloaded for now.
    pub fn push_unavailable(&mut self, uuid: &FileUuid, version: &FileVersion) {
        let (uuid, version) = (uuid.as_str(), version.as_str());
        let catalog = self.catalog.as_str();
        self.text += &format!(
            "# File '{uuid}', version '{version}' is currently not available in catalog '{catalog}'.\n\n"
        );
    }

    /// The text as a whole.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A value in double quotes, as curl's option files have them.
fn quoted(value: &str) -> String {
    let escaped = value.replace('\\', r"\\").replace('"', r#"\""#);
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests;
