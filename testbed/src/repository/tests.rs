//! The repository as the edge sees it, through curl.

use super::*;
use crate::curl::{CurlAnswer, curl};
use crate::patience::wait_until;
use crate::server::fault::Fault;
use crate::server::recorded::Recorded;
use crate::token::Token;

const PATH: &str = "/files/0db87826";
const CONTENT: &str = "only the repository has this";

struct Running {
    repository: Repository,
    google: Google,
    token: Token,
    directory: tempfile::TempDir,
}

impl Running {
    fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join("files")).unwrap();
        std::fs::write(directory.path().join(&PATH[1..]), CONTENT).unwrap();
        let google = Google::start().unwrap();
        let token = google.issue_access_token("105");
        let repository =
            Repository::start(directory.path(), &google, UsedTokens::default()).unwrap();
        Self {
            repository,
            google,
            token,
            directory,
        }
    }

    fn curl(&self, arguments: &[&str]) -> CurlAnswer {
        curl(self.directory.path(), arguments).unwrap()
    }

    fn get(&self, path: &str) -> CurlAnswer {
        let url = format!("{}{path}", self.repository.url());
        self.curl(&["--header", &self.token.header(), &url])
    }
}

#[test]
fn a_live_access_token_opens_it() {
    let running = Running::start();
    let answer = running.get(PATH);
    assert_eq!((answer.status, answer.text().as_str()), (200, CONTENT));
    assert_eq!(running.get("/files/none").status, 404);
    let url = format!("{}{PATH}", running.repository.url());
    let part = running.curl(&["--header", &running.token.header(), "--range", "0-3", &url]);
    assert_eq!((part.status, part.text().as_str()), (206, "only"));
}

#[test]
fn without_one_it_is_401_with_a_challenge() {
    let mut running = Running::start();
    let url = format!("{}{PATH}", running.repository.url());
    let challenge = |answer: CurlAnswer| {
        assert_eq!(answer.status, 401);
        answer.header("www-authenticate").unwrap().to_owned()
    };
    assert_eq!(
        challenge(running.curl(&[&url])),
        "Bearer realm=\"repository\""
    );
    running.google.expire_access_tokens("105");
    challenge(running.get(PATH));
    running.token = Token::new("ya29.unknown");
    challenge(running.get(PATH));
    challenge(running.get("/files/none"));
}

#[test]
fn an_access_token_opens_it_until_it_expires() {
    let mut running = Running::start();
    running.google.set_access_token_lifetime(1);
    running.token = running.google.issue_access_token("105");
    assert_eq!(running.get(PATH).status, 200);
    let is_live = || running.google.is_live(running.token.reveal());
    wait_until("the token expires", || !is_live());
    assert_eq!(running.get(PATH).status, 401);
}

#[test]
fn every_status_for_everything_or_one_path() {
    let running = Running::start();
    for status in [401, 403, 404, 429, 503] {
        running.repository.set_fault(Fault::Status(status));
        assert_eq!(running.get(PATH).status, status);
        running.repository.clear_fault();
        running.repository.set_fault_at(PATH, Fault::Status(status));
        assert_eq!(running.get(PATH).status, status);
        running.repository.set_fault_at(PATH, Fault::Unauthorized);
        assert_eq!(running.get(PATH).status, 401);
        assert_eq!(running.get("/files/none").status, 404);
        running.repository.clear_fault();
        assert_eq!(running.get(PATH).status, 200);
    }
}

#[test]
fn a_redirect_leads_to_the_storage_without_the_token() {
    let running = Running::start();
    running.repository.set_redirects(true);
    let answer = running.get(PATH);
    let location = answer.header("location").unwrap();
    let storage = running.repository.storage();
    assert_eq!((answer.status, answer.body.len()), (302, 0));
    assert!(location.starts_with(&format!("{}{PATH}?X-Goog-", storage.url())));
    assert_ne!(storage.host(), running.repository.host());
    assert_eq!(running.curl(&[location]).text(), CONTENT);

    let url = format!("{}{PATH}", running.repository.url());
    let followed = running.curl(&["--location", "--header", &running.token.header(), &url]);
    assert_eq!((followed.status, followed.text().as_str()), (200, CONTENT));
    let brought_it = |request: &Recorded| request.header("authorization").is_some();
    assert!(!storage.requests().iter().any(brought_it));

    running.repository.set_redirects(false);
    assert_eq!(running.get(PATH).status, 200);
}

#[test]
fn a_redirect_is_for_live_access_tokens_too() {
    let running = Running::start();
    running.repository.set_redirects(true);
    running.google.expire_access_tokens("105");
    assert_eq!(running.get(PATH).status, 401);
}

#[test]
fn the_storage_opens_for_the_signature_of_the_path_alone() {
    let running = Running::start();
    running.repository.set_redirects(true);
    let signed = running.get(PATH).header("location").unwrap().to_owned();
    let (unsigned, query) = signed.split_once('?').unwrap();
    assert_eq!(running.curl(&[unsigned]).status, 403);
    let other = format!("{unsigned}0?{query}");
    assert_eq!(running.curl(&[&other]).status, 403);
    let both = running.curl(&["--header", &running.token.header(), &signed]);
    assert_eq!(both.status, 400);
}

#[test]
fn signatures_are_to_be_searched_for() {
    let google = Google::start().unwrap();
    let (directory, used) = (tempfile::tempdir().unwrap(), UsedTokens::default());
    let repository = Repository::start(directory.path(), &google, used.clone()).unwrap();
    repository.set_redirects(true);
    let token = google.issue_access_token("105");
    let url = format!("{}{PATH}", repository.url());
    let answer = curl(directory.path(), &["--header", &token.header(), &url]).unwrap();
    let [signature] = used.all().try_into().unwrap();
    assert!(
        answer
            .header("location")
            .unwrap()
            .ends_with(signature.reveal())
    );
}
