//! `azat explain`.

use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::PathBuf;

use anyhow::{anyhow, bail};
use azat_edge::time::UnixTime;
use azat_origin::explain::{Documents, Explainer, Given, Report, Secrets, batch, input, request};
use clap::Args;
use clap::error::{ContextKind, ErrorKind};

use super::say::say;

/// Tells what the edge answers to a request, and why
///
/// The edge's own code decides, offline. Mirror and repository are taken to have every file as its
/// record says; the origin's part is played by the file given with --documents. No token and no
/// secret is printed.
///
///     azat explain --policy policy.toml --keys keys/azat.json --documents documents.json \
///         -H "Authorization: Bearer $AZAT" \
///         https://service.azul.example/repository/files/10b5aa79-0595-47c6-9871-31a9151a8d56
///
/// documents.json holds what the origin answers the edge (GET /edge/files/…, POST
/// /edge/entitlements and /edge/access-token). A line of `azat files import` is good for a file.
/// "jti_window", "not_before", "version", "public", "mirror_key" and "repository_url" may be
/// missing, and all that is not shown here; until when a document is fresh is not looked at:
///
///     {"entitlements": [{"issuer": "https://service.azul.example",
///                        "subject": "https://accounts.google.com#105096702580025601450",
///                        "sources": ["s1"], "jti_window": [0, 3], "not_before": 0}],
///      "files": [{"catalog": "dcp46", "uuid": "10b5aa79-0595-47c6-9871-31a9151a8d56",
///                 "version": "2019-08-03T03:23:31.151555Z",
///                 "source": "s1", "public": false, "mirror_key": "file/1f44….sha256",
///                 "size": 15, "name": "foo.txt", "content_type": "text/plain",
///                 "digest": {"algorithm": "sha-256", "hex": "1f44…"}}],
///      "access_tokens": [{"issuer": "https://service.azul.example",
///                         "subject": "https://accounts.google.com#105096702580025601450"}],
///      "complete": false}
///
/// A document that is not there is asked for, unless "complete" is true: then the origin does not
/// have it.
///
/// With --batch, each line of the standard input is a request ("id" is anything; only "url" is
/// needed; what is not shown here is not looked at):
///
///     {"id": 1, "method": "GET", "url": "/repository/files/10b5aa79-0595-47c6-9871-31a9151a8d56",
///      "headers": [["authorization", "Bearer …"]], "now": 1800000000}
///
/// and is answered with one line:
///
///     {"id":1,"verdict":"deny","status":401,"reason":"token_expired","system":"azat",
///      "principal":null,"route":"/repository/files/{uuid}","check":"expiry",
///      "cause":"the token expired on Fri, 15 Jan 2027 07:00:00 GMT"}
///
/// The verdict is "allow" (the file is delivered), "deny" (status and reason say how and why),
/// "pass" (the origin answers) or "need" (allowed so far, but a document named in "needs" is
/// missing). A line that is no request is answered with {"id":…,"error":"…"} and told on the
/// standard error; the exit status is then 1, in the end. It is 0 for every request that could be
/// explained, whatever the verdict.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Explain {
    /// The policy, as in policy.toml or as `azat policy compile` prints it; without it, the one
    /// that was built in
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The published keys: a JWK set for all profiles, or a JSON object with one set per profile;
    /// without it, those that were built in
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// The entries of the Secret Store: a JSON object of names and contents. Without an
    /// edge_origin_secret, a good one is presumed
    #[arg(long, value_name = "FILE")]
    secrets: Option<PathBuf>,
    /// What the origin answers; without it, documents are asked for
    #[arg(long, value_name = "FILE")]
    documents: Option<PathBuf>,
    /// When the request is made, in seconds since the epoch; now, without it
    #[arg(long, value_name = "UNIX", allow_negative_numbers = true)]
    now: Option<u64>,
    /// The method
    #[arg(long, value_name = "M", default_value = "GET")]
    method: OsString,
    /// A field of the request; may be repeated
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE")]
    headers: Vec<OsString>,
    /// Answer in JSON, with all fields and more details; with --batch the answers are JSON anyway
    #[arg(long)]
    json: bool,
    /// Read requests from the standard input, as JSON lines
    #[arg(long, conflicts_with_all = ["url", "headers", "method"])]
    batch: bool,
    /// The URL, or its path and query
    // A list, so that surplus words are ours to refuse: clap would print them, and one may be a
    // token.
    #[arg(value_name = "URL", num_args = 1.., required_unless_present = "batch")]
    url: Vec<OsString>,
}

impl Explain {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let given = Given::read(self.policy.as_deref(), self.keys.as_deref())?;
        let secrets = input::read("--secrets", self.secrets.as_deref(), Secrets::parse)?;
        let documents = input::read("--documents", self.documents.as_deref(), Documents::parse)?;
        let mut explainer = Explainer::new(given, secrets, documents);
        let now = self.now.map(UnixTime::from_seconds);
        if self.batch {
            let input = BufReader::new(io::stdin().lock());
            let output = BufWriter::new(io::stdout().lock());
            let refused = |number, fault: &str| eprintln!("azat: line {number}: {fault}");
            return match batch::run(&mut explainer, now, input, output, refused)? {
                0 => Ok(()),
                1 => bail!("1 line is no request"),
                faults => bail!("{faults} lines are no requests"),
            };
        }
        let [url] = self.url.as_slice() else {
            let fault = "expected one URL: is each -H in quotes?\n";
            clap::Error::raw(ErrorKind::TooManyValues, fault).exit()
        };
        let request = request::of_words(&self.method, url, &self.headers, explainer.base_url())
            .map_err(|fault| anyhow!(fault))?;
        let now = now.unwrap_or_else(UnixTime::now);
        let explanation = explainer.explain(&request, now);
        match self.json {
            true => say(serde_json::to_string(&explanation.in_full())?)?,
            false => write!(io::stdout().lock(), "{}", Report(&explanation))?,
        }
        Ok(())
    }
}

/// The error without what was given: it may be a token in the wrong place.
pub(super) fn without_values(error: clap::Error) -> clap::Error {
    let kind = error.kind();
    let name = match kind {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return error,
        // What is not known is the user's own text.
        ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand => None,
        _ => error.get(ContextKind::InvalidArg),
    };
    let conflicting = error.get(ContextKind::PriorArg);
    let what = match (kind, conflicting, error.get(ContextKind::SuggestedArg)) {
        (ErrorKind::ArgumentConflict, Some(_), _) if conflicting == name => "expected once".into(),
        (ErrorKind::ArgumentConflict, Some(others), _) => format!("goes without {others}"),
        (ErrorKind::UnknownArgument, _, Some(similar)) => {
            format!("unexpected argument found; a similar one exists: {similar}")
        }
        (ErrorKind::InvalidValue, ..) => "expected a value".into(),
        // The others take any text, and judge it later.
        (ErrorKind::ValueValidation, ..) => {
            "expected seconds since the epoch, as in 1796000000".into()
        }
        _ => kind.as_str().unwrap_or("expected other arguments").into(),
    };
    let place = name.map_or(String::new(), |name| format!("{name}: "));
    let hint = "For more information, try 'azat explain --help'.";
    clap::Error::raw(kind, format!("{place}{what}\n\n{hint}\n"))
}
