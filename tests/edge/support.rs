//! What the tests say often.

use std::path::Path;
use std::process::Command;

use azat_policy::{Delivery, Policy, Served};
use azat_testbed::{CurlAnswer, SampleFile, Stack, Token, output, shipped_policy};
use base16ct::HexDisplay;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// A stack with the small library and the default policy.
pub(crate) fn stack() -> Stack {
    Stack::builder().start().unwrap()
}

/// The default policy, but files are delivered by redirect.
pub(crate) fn redirecting_policy() -> Policy {
    let mut policy = shipped_policy().unwrap();
    for route in &mut policy.routes {
        if let Served::Files { delivery, .. } = &mut route.served
            && *delivery == Delivery::Stream
        {
            *delivery = Delivery::Redirect;
        }
    }
    policy
}

/// A file of a few kilobytes that the demo's user may read.
pub(crate) fn ordinary(stack: &Stack) -> SampleFile {
    stack.library().ordinary().unwrap().clone()
}

/// A longer file that the demo's user may read.
pub(crate) fn large(stack: &Stack) -> SampleFile {
    stack.library().large().unwrap().clone()
}

/// A file without a byte that the demo's user may read.
pub(crate) fn empty(stack: &Stack) -> SampleFile {
    stack.library().named("empty.txt").unwrap().clone()
}

/// The bytes of a sample file, as the mirror holds them.
pub(crate) fn content(stack: &Stack, file: &SampleFile) -> Vec<u8> {
    std::fs::read(stack.directory().join("mirror").join(&file.mirror_key)).unwrap()
}

/// The SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", HexDisplay(&Sha256::digest(bytes)))
}

/// Everything that was saved below a download directory, as sorted contents.
pub(crate) fn saved(directory: &Path) -> Vec<Vec<u8>> {
    let mut contents = Vec::new();
    for folder in std::fs::read_dir(directory).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            contents.push(std::fs::read(file.unwrap().path()).unwrap());
        }
    }
    contents.sort();
    contents
}

/// Runs a command line in a directory: whether all of it succeeded.
pub(crate) fn run(command_line: &str, directory: &Path) -> bool {
    let command = format!("set -o pipefail; {command_line}");
    let mut bash = Command::new("bash");
    let said = output(bash.args(["-c", &command]).current_dir(directory));
    said.unwrap().status.success()
}

/// Asks for a manifest of everything with a Google access token, or anonymously.
pub(crate) fn request_manifest(stack: &Stack, access_token: Option<&Token>) -> CurlAnswer {
    let url = format!(
        "{}/fetch/manifest/files?catalog=demo&format=curl",
        stack.edge_url()
    );
    let header = access_token.map_or("X-None: x".to_owned(), Token::header);
    stack
        .curl(&["--request", "PUT", "--header", &header, &url])
        .unwrap()
}

/// Signs in and asks for a manifest: the command line that comes back, and the AZAT in it.
pub(crate) fn sign_in(stack: &Stack) -> (String, Token) {
    let access_token = stack.sign_in().unwrap();
    let answer = request_manifest(stack, Some(&access_token));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer: Value = answer.json().unwrap();
    assert_eq!(answer["Status"], 302);
    let bash = answer["CommandLine"]["bash"].as_str().unwrap().to_owned();
    let (_, after) = bash.split_once("Authorization: Bearer ").unwrap();
    let (azat, _) = after.split_once('"').unwrap();
    assert!(!azat.starts_with("ya29."));
    (bash.clone(), stack.token(azat))
}

/// Lets curl go on with the file at `path`: its exit code.
pub(crate) fn resume(path: &Path, url: &str, token: &Token) -> Option<i32> {
    let mut curl = Command::new("curl");
    curl.args(["--disable", "--silent", "--fail", "--continue-at", "-"])
        .arg("--output")
        .arg(path)
        .args(["--header", &token.header(), url]);
    output(&mut curl).unwrap().status.code()
}

/// Lets wget go on with the file at `path`: its exit code.
pub(crate) fn resume_with_wget(path: &Path, url: &str, token: &Token) -> Option<i32> {
    let mut wget = Command::new("wget");
    wget.args(["--no-config", "--no-proxy", "--quiet", "--continue"])
        .arg("--output-document")
        .arg(path)
        .args(["--header", &token.header(), url]);
    let said = output(&mut wget);
    said.expect("wget is missing: install it with your system's package manager")
        .status
        .code()
}

/// Asserts a denial in all its places: status, problem document, `Proxy-Status` and, for 401,
/// challenge.
pub(crate) fn assert_denied(answer: &CurlAnswer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{code}: {}", answer.text());
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json"),
        "{code}"
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{code}");
    let problem: Value = answer.json().unwrap();
    assert_eq!(problem["reason"], code);
    assert_eq!(problem["status"], status);
    assert_eq!(
        problem["type"],
        format!("urn:problem-type:azat-edge:{code}")
    );
    let details = format!("details=\"{code}\"");
    assert!(
        answer.header("proxy-status").unwrap().contains(&details),
        "{code}"
    );
    match (status, answer.header("www-authenticate")) {
        (400 | 401, Some(challenge)) => {
            let names_it = challenge.contains("error=") == challenge.contains(code);
            assert!(
                challenge.starts_with("Bearer realm=") && names_it,
                "{challenge}"
            );
        }
        (401, None) => panic!("{code}: no challenge"),
        (_, Some(challenge)) => panic!("{code}: a challenge that cannot help: {challenge}"),
        (_, None) => {}
    }
    assert_eq!(
        answer.header("retry-after").is_some(),
        status == 503,
        "{code}"
    );
}

/// The reason in the last line of the edge's log, once it has that many lines.
pub(crate) fn last_reason(stack: &Stack, lines: usize) -> String {
    let log = stack.edge_log(lines).unwrap();
    log.last().unwrap()["reason"]
        .as_str()
        .unwrap_or("none")
        .to_owned()
}
