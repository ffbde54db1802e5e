//! What a user pastes into a shell to download the files of a manifest, as Azul words it.

use serde::Serialize;

/// Azul's: long enough, at ten seconds each, for its rate limit to pass.
const RETRIES: &str = "--retry 15 --retry-delay 10";

/// The command line for each shell. It holds the user's token, so it is never logged.
#[derive(Serialize)]
pub struct CommandLines {
    #[serde(rename = "cmd.exe")]
    cmd_exe: String,
    bash: String,
}

/// What goes into the command lines.
#[derive(Clone, Copy)]
pub struct Download<'d> {
    /// Where curl gets the manifest.
    pub manifest_url: &'d str,
    /// What the files are asked for with; absent for public ones. Nothing in it means anything to a
    /// shell, inside double quotes.
    pub token: Option<&'d str>,
    /// Whether the manifest is asked for with it too.
    pub authenticated_manifest: bool,
}

impl CommandLines {
    /// The command lines of a download.
    pub fn of(download: Download<'_>) -> Self {
        let url = download.manifest_url;
        Self {
            cmd_exe: download.piped("curl.exe", &format!("\"{url}\"")),
            bash: download.piped("curl", &quoted_for_bash(url)),
        }
    }
}

impl Download<'_> {
    fn piped(self, curl: &str, url: &str) -> String {
        let header = self.token.map_or(String::new(), |token| {
            format!(r#" --header "Authorization: Bearer {token}""#)
        });
        let manifest_header = match self.authenticated_manifest {
            true => header.as_str(),
            false => "",
        };
        format!(
            "{curl} --location --fail{manifest_header} {url} | {curl}{header} {RETRIES} --config -"
        )
    }
}

/// A word as Python's `shlex.quote` writes it, which Azul uses.
fn quoted_for_bash(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@%+=:,./-_".contains(c);
    match word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r#"'"'"'"#)),
    }
}

#[cfg(test)]
mod tests;
