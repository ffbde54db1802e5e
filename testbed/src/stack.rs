//! The whole, running: edge, origin and stand-ins, as a test or the demo uses it.

pub(crate) mod config_store;
pub(crate) mod edge_manifest;
pub(crate) mod leak;
pub(crate) mod logs;
pub(crate) mod operator;
pub(crate) mod policy_item;
pub(crate) mod process;
pub(crate) mod run_directory;
pub(crate) mod session_servers;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use azat_policy::Policy;
use serde_json::{Value, json};

use self::config_store::ConfigStore;
use self::leak::{Leak, find_leak};
use self::operator::Operator;
use self::policy_item::{Places, policy_item};
use self::process::Process;
use self::run_directory::RunDirectory;
use self::session_servers::{REDIRECT_URI, SessionServers};
use crate::artefacts::workspace;
use crate::curl::{CurlAnswer, curl};
use crate::error::{Error, Result};
use crate::forger::Forger;
use crate::google::{Google, Pkce};
use crate::library::Library;
use crate::lock::whole;
use crate::mirror::Mirror;
use crate::repository::Repository;
use crate::token::{Token, UsedTokens};
use crate::user::User;

/// Edge, origin and mirror, running; with sessions, Google and the repository too. When it is
/// dropped, its processes end, its logs are searched for every token used or issued and for the
/// secrets (a find panics), and its directory goes. After a panic the directory stays, for a look
/// at the logs.
pub struct Stack {
    pub(crate) edge: Option<Process>,
    pub(crate) origin: Option<Process>,
    pub(crate) edge_address: SocketAddr,
    pub(crate) origin_address: SocketAddr,
    pub(crate) edge_url: String,
    pub(crate) manifest_url: String,
    pub(crate) mirror: Mirror,
    pub(crate) sessions: Option<SessionServers>,
    pub(crate) operator: Operator,
    /// AZATs of the user that were not given out yet. They are minted before the origin starts: it
    /// has its store to itself, and accepts only those that the store has counted.
    pub(crate) minted: Mutex<Vec<String>>,
    /// Works on a copy of the store, so that the origin does not know the users whom it imports.
    pub(crate) operator_on_copy: Operator,
    pub(crate) user: User,
    pub(crate) forger: Forger,
    pub(crate) used: UsedTokens,
    pub(crate) library: Library,
    pub(crate) config_store: ConfigStore,
    pub(crate) secret: String,
    pub(crate) secret_file: PathBuf,
    pub(crate) origin_switches: Vec<&'static str>,
    pub(crate) finished: bool,
    pub(crate) run: RunDirectory,
}

impl Stack {
    /// The edge's base URL, which is the instance's, without a trailing slash.
    pub fn edge_url(&self) -> &str {
        &self.edge_url
    }

    /// Where the edge listens.
    pub fn edge_address(&self) -> SocketAddr {
        self.edge_address
    }

    /// Where the origin listens while it runs.
    pub fn origin_address(&self) -> SocketAddr {
        self.origin_address
    }

    /// The edge's manifest, for one more runtime beside the edge's.
    pub fn edge_manifest(&self) -> PathBuf {
        self.run.edge_manifest()
    }

    /// The process id of the edge's runtime, while it runs.
    pub fn edge_process(&self) -> Option<u32> {
        self.edge.as_ref().map(Process::id)
    }

    /// The URL of the curl manifest of all readable files.
    pub fn manifest_url(&self) -> &str {
        &self.manifest_url
    }

    /// The mirror.
    pub fn mirror(&self) -> &Mirror {
        &self.mirror
    }

    /// The identity provider.
    ///
    /// # Errors
    /// [`Error::WithoutSessions`].
    pub fn google(&self) -> Result<&Google> {
        self.sessions().map(|sessions| &sessions.google)
    }

    /// The repository of what is not mirrored.
    ///
    /// # Errors
    /// [`Error::WithoutSessions`].
    pub fn repository(&self) -> Result<&Repository> {
        self.sessions().map(|sessions| &sessions.repository)
    }

    fn sessions(&self) -> Result<&SessionServers> {
        self.sessions.as_ref().ok_or(Error::WithoutSessions)
    }

    /// The maker of bad tokens.
    pub fn forger(&self) -> &Forger {
        &self.forger
    }

    /// What the mirror holds.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The user who may read the readable source.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// The directory that goes with the stack.
    pub fn directory(&self) -> &Path {
        self.run.path()
    }

    /// The directory whose files are searched for secrets at the end; others may log there too.
    pub fn logs(&self) -> PathBuf {
        self.run.logs()
    }

    /// An AZAT of the demo's user, another one each time. There are eight.
    ///
    /// # Errors
    /// [`Error::NoneLeft`] when all are given out.
    pub fn mint(&self) -> Result<Token> {
        let minted = whole(&self.minted).pop().ok_or(Error::NoneLeft)?;
        Ok(self.token(minted))
    }

    /// An AZAT of a user who has no row at the origin.
    pub fn mint_for_stranger(&self) -> Result<Token> {
        let stranger = User {
            subject: "1".to_owned(),
            ..self.user.clone()
        };
        let rows = self.run.file("strangers.jsonl");
        self.operator_on_copy
            .import("users", &rows, &stranger.row(&[]))?;
        let subject = stranger.azat_subject();
        Ok(self.token(self.operator_on_copy.mint(&self.edge_url, &subject)?))
    }

    /// Signs the demo's user in, at Google and then at the origin through the edge. Yields the
    /// Google access token that comes back.
    ///
    /// # Errors
    /// [`Error::WithoutSessions`], and when the sign-in is refused.
    pub fn sign_in(&self) -> Result<Token> {
        let malformed = Error::malformed("the answer to the sign-in");
        let answer = self.authorize(&self.user.subject)?;
        if answer.status != 200 {
            return Err(malformed(format!("its status is {}", answer.status)));
        }
        match answer.json()?["access_token"].as_str() {
            Some(token) => Ok(Token::new(token)),
            None => Err(malformed("it has no access token".to_owned())),
        }
    }

    /// Signs the user `sub` in at Google with PKCE, and takes the code to the edge's
    /// `/user/authorize`. Returns what that answers.
    ///
    /// # Errors
    /// [`Error::WithoutSessions`], and when Google does not give a code.
    pub fn authorize(&self, sub: &str) -> Result<CurlAnswer> {
        let pkce = Pkce::generate();
        let google = self.google()?;
        let code = google.sign_in_code(sub, REDIRECT_URI, &pkce.challenge())?;
        let body = json!({
            "code": code.reveal(),
            "code_verifier": pkce.verifier().reveal(),
            "redirect_uri": REDIRECT_URI,
        });
        self.curl(&[
            "--header",
            "Content-Type: application/json",
            "--data",
            &body.to_string(),
            &format!("{}/user/authorize", self.edge_url),
        ])
    }

    /// Any text that is about to be used as a token, so that the logs are searched for it too.
    pub fn token(&self, text: impl Into<String>) -> Token {
        self.used.remember(Token::new(text))
    }

    /// The edge's Config Store item `keys` as it is now: the origin's published key and the
    /// forger's.
    pub fn keys_item(&self) -> Option<&str> {
        self.config_store.get("keys")
    }

    /// Replaces or removes the edge's Config Store item `keys`; returns when the next request sees
    /// it.
    pub fn set_keys_item(&mut self, value: Option<&str>) -> Result<()> {
        self.set_item("keys", value)
    }

    /// The edge's Config Store item `policy` as it is now.
    pub fn policy_item(&self) -> Option<&str> {
        self.config_store.get("policy")
    }

    /// Replaces or removes the edge's Config Store item `policy` as it is; returns when the next
    /// request sees it.
    pub fn set_policy_item(&mut self, value: Option<&str>) -> Result<()> {
        self.set_item("policy", value)
    }

    fn set_item(&mut self, item: &'static str, value: Option<&str>) -> Result<()> {
        self.config_store.set(item, value)?;
        wait_for_the_next_second();
        Ok(())
    }

    /// Replaces the policy, as [`Builder::policy`](crate::Builder::policy) takes it.
    pub fn set_policy(&mut self, policy: Policy) -> Result<()> {
        let places = Places::of(&self.edge_url, &self.mirror, self.sessions.as_ref());
        let item = policy_item(policy, &places)?;
        self.set_policy_item(Some(&item))
    }

    /// Starts the origin on its port and waits until it accepts connections.
    pub fn start_origin(&mut self) -> Result<()> {
        let listen = self.origin_address.to_string();
        let identity_provider = self
            .sessions
            .as_ref()
            .map(|sessions| sessions.identity_provider.as_path());
        let mut command = self.operator.serve(
            &self.edge_url,
            &self.secret_file,
            identity_provider,
            &listen,
        );
        command.args(&self.origin_switches);
        let mut origin = Process::spawn("origin", &mut command, &self.run.logs())?;
        origin.wait_until_it_accepts(self.origin_address)?;
        self.origin = Some(origin);
        Ok(())
    }

    /// Ends the origin; its port refuses connections until [`Stack::start_origin`].
    pub fn stop_origin(&mut self) {
        self.origin = None;
    }

    /// Kills the origin as a power cut would: nothing is finished, nothing is closed.
    pub fn kill_origin(&mut self) {
        if let Some(mut origin) = self.origin.take() {
            origin.kill();
        }
    }

    /// Hangs the origin: it accepts connections and answers nothing until
    /// [`Stack::resume_origin`].
    pub fn hang_origin(&self) {
        if let Some(origin) = &self.origin {
            origin.hold();
        }
    }

    /// Lets the origin answer again.
    pub fn resume_origin(&self) {
        if let Some(origin) = &self.origin {
            origin.go_on();
        }
    }

    /// Makes `sources` all that the demo's user may read, with the origin stopped for a moment.
    pub fn set_sources(&mut self, sources: &[&str]) -> Result<()> {
        self.stop_origin();
        let sources: Vec<_> = sources.iter().map(|source| (*source).to_owned()).collect();
        let rows = self.run.file("sources.jsonl");
        self.operator
            .import("users", &rows, &self.user.row(&sources))?;
        self.start_origin()
    }

    /// Imports records of files, as `azat files import` reads them, with the origin stopped for a
    /// moment. Yields what the command printed.
    pub fn import_files(&mut self, records: &[Value]) -> Result<String> {
        self.stop_origin();
        let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
        let printed = self
            .operator
            .import("files", &self.run.file("more.jsonl"), &lines)?;
        self.start_origin()?;
        Ok(printed)
    }

    pub(crate) fn start_edge(
        &mut self,
        viceroy: &Path,
        wasm: &Path,
        manifest: &Path,
    ) -> Result<()> {
        let mut command = Command::new(viceroy);
        command
            .arg("serve")
            .arg("-C")
            .arg(manifest)
            .args(["--addr", &self.edge_address.to_string()])
            .arg(wasm)
            .current_dir(workspace());
        let mut edge = Process::spawn("edge", &mut command, &self.run.logs())?;
        edge.wait_until_it_accepts(self.edge_address)?;
        self.edge = Some(edge);
        Ok(())
    }

    /// How often each route of the origin was called so far.
    ///
    /// # Errors
    /// When the log is no log, or does not have all of it in ten seconds.
    pub fn origin_calls(&self) -> Result<BTreeMap<String, u64>> {
        let log = self.run.logs().join("origin.stderr");
        if self.origin.is_some() {
            // The origin logs after it has answered. Lines are in order, so that one more call
            // tells that all before are there.
            let mark = logs::new_mark();
            self.curl(&["--request", &mark, &base_url(self.origin_address)])?;
            logs::wait_for_mark(&log, &mark)?;
        }
        logs::origin_calls(&log)
    }

    /// The edge's request log, in order, once it has `at_least` lines.
    ///
    /// # Errors
    /// When a line is not JSON, or too few have come in ten seconds.
    pub fn edge_log(&self, at_least: usize) -> Result<Vec<Value>> {
        logs::edge_log(&self.run.logs().join("edge.stdout"), at_least)
    }

    /// Runs the real curl with these arguments; see [`curl()`].
    pub fn curl(&self, arguments: &[&str]) -> Result<CurlAnswer> {
        curl(&self.run.scratch(), arguments)
    }

    /// Asks the edge for `path` (with its query), with a token or without.
    pub fn get(&self, path: &str, token: Option<&Token>) -> Result<CurlAnswer> {
        let url = format!("{}{path}", self.edge_url);
        match token {
            Some(token) => self.curl(&["--header", &token.header(), &url]),
            None => self.curl(&[&url]),
        }
    }

    /// Asks the origin itself for `path`.
    pub fn origin_get(&self, path: &str) -> Result<CurlAnswer> {
        self.curl(&[&format!("{}{path}", base_url(self.origin_address))])
    }

    /// Ends the stack as dropping it does, but gives a leak back instead of panicking.
    pub fn finish(mut self) -> Result<Option<Leak>> {
        self.end()
    }

    fn end(&mut self) -> Result<Option<Leak>> {
        self.finished = true;
        self.edge = None;
        self.origin = None;
        self.mirror.stop();
        let mut secrets = vec![self.secret.as_str()];
        if let Some(sessions) = &self.sessions {
            sessions.stop();
            secrets.push(sessions.google.client_secret().reveal());
        }
        find_leak(&self.run.logs(), &self.used.all(), &secrets)
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.run.keep();
            eprintln!("The logs of this run are in {}.", self.run.logs().display());
        } else if !self.finished {
            match self.end() {
                Ok(None) => {}
                Ok(Some(leak)) => panic!("{leak}"),
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// The base URL of a server of the stack.
pub(crate) fn base_url(address: SocketAddr) -> String {
    format!("http://{address}")
}

/// A sandbox of the edge reads its Config Store again only when the clock shows another second.
fn wait_for_the_next_second() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let nanoseconds = now.map_or(0, |now| now.subsec_nanos());
    std::thread::sleep(Duration::from_secs(1) - Duration::from_nanos(nanoseconds.into()));
}
