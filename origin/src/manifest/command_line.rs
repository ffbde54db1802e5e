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
mod tests {
    use serde_json::{Value, json};

    use super::{CommandLines, Download, quoted_for_bash};

    const URL: &str = "https://azul.example/manifest/files/ksQulKNmb2-kY3VybMQQ";

    fn lines(manifest_url: &str, token: Option<&str>, authenticated_manifest: bool) -> Value {
        let download = Download {
            manifest_url,
            token,
            authenticated_manifest,
        };
        serde_json::to_value(CommandLines::of(download)).unwrap()
    }

    #[test]
    fn the_lines_are_azuls() {
        let with_token = json!({
            "bash": r#"curl --location --fail https://azul.example/manifest/files/ksQulKNmb2-kY3VybMQQ | curl --header "Authorization: Bearer e.y-J._" --retry 15 --retry-delay 10 --config -"#,
            "cmd.exe": r#"curl.exe --location --fail "https://azul.example/manifest/files/ksQulKNmb2-kY3VybMQQ" | curl.exe --header "Authorization: Bearer e.y-J._" --retry 15 --retry-delay 10 --config -"#,
        });
        assert_eq!(lines(URL, Some("e.y-J._"), false), with_token);
        let anonymous = json!({
            "bash": "curl --location --fail https://azul.example/manifest/files/ksQulKNmb2-kY3VybMQQ | curl --retry 15 --retry-delay 10 --config -",
            "cmd.exe": r#"curl.exe --location --fail "https://azul.example/manifest/files/ksQulKNmb2-kY3VybMQQ" | curl.exe --retry 15 --retry-delay 10 --config -"#,
        });
        assert_eq!(lines(URL, None, false), anonymous);
        assert_eq!(lines(URL, None, true), anonymous);
    }

    #[test]
    fn a_manifest_can_be_asked_for_with_the_token_too() {
        let lines = lines("http://[::1]:80/m", Some("a.b.c"), true);
        assert_eq!(
            lines["bash"],
            r#"curl --location --fail --header "Authorization: Bearer a.b.c" 'http://[::1]:80/m' | curl --header "Authorization: Bearer a.b.c" --retry 15 --retry-delay 10 --config -"#
        );
        assert_eq!(
            lines["cmd.exe"],
            r#"curl.exe --location --fail --header "Authorization: Bearer a.b.c" "http://[::1]:80/m" | curl.exe --header "Authorization: Bearer a.b.c" --retry 15 --retry-delay 10 --config -"#
        );
    }

    #[test]
    fn words_are_quoted_when_they_must_be() {
        assert_eq!(quoted_for_bash("a-b_c%3A"), "a-b_c%3A");
        assert_eq!(quoted_for_bash("a b"), "'a b'");
        assert_eq!(quoted_for_bash("$'a'"), r#"'$'"'"'a'"'"''"#);
    }
}
