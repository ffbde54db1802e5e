//! The program as its operator and the edge see it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use azat_edge::contract::signature::{EdgeSecret, SignedParts, sign};
use azat_edge::time::UnixTime;
use azat_testbed::{Lines, ended, output, wait_for};
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

/// How long an answer may keep silent.
const PATIENCE: Duration = Duration::from_secs(60);
const BASE_URL: &str = "https://azul.example";
const SUBJECT: &str = "https://accounts.google.com#1050";
const SECRET: &str = "0123456789abcdef0123456789abcdef";
const UUID: &str = "10b5aa79-0595-47c6-9871-31a9151a8d56";

/// A policy with one route, at its end.
const POLICY: &str = r#"base_url = "https://azul.example"
default_catalog = "demo"

[profiles]

[freshness]
entitlement = { fresh_seconds = 60, stale_seconds = 300 }
file = { fresh_seconds = 3_600, stale_seconds = 86_400 }

[[routes]]
path = "/manifest/files/{key}"
methods = ["GET"]
passes = ["anonymous"]
answer = "origin"
"#;

/// A store with one key, which takes seconds to make: its bytes, since a static directory is never
/// removed.
static STORE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let directory = tempdir().unwrap();
    let store = directory.path().join("store");
    let created = azat(&["keys", "create", "--store", store.to_str().unwrap()]);
    assert_eq!(printed(&created).trim().len(), 43);
    fs::read(store).unwrap()
});

/// A directory with its own copy of the store, and files around it.
struct Workplace {
    directory: TempDir,
    store: String,
}

impl Workplace {
    fn new() -> Self {
        let directory = tempdir().unwrap();
        let store = directory.path().join("store");
        fs::write(&store, &*STORE).unwrap();
        let store = store.to_str().unwrap().to_owned();
        Self { directory, store }
    }

    /// With a user and a file.
    fn furnished() -> Self {
        let workplace = Self::new();
        let user = json!({
            "issuer": "https://accounts.google.com", "subject": "1050", "sources": ["s1"],
        });
        let file = json!({
            "catalog": "demo", "uuid": UUID, "version": "2024-01-02T03:04:05.000006Z",
            "source": "s1", "public": false, "mirror_key": "file/0a.sha256", "size": 0,
            "name": "a b.txt", "content_type": "text/plain",
            "digest": {"algorithm": "md5", "hex": "d41d8cd98f00b204e9800998ecf8427e"},
        });
        let (users, files) = (
            workplace.file("users", &user),
            workplace.file("files", &file),
        );
        let imported = workplace.azat("users import", &[&users]);
        assert_eq!(printed(&imported), "users: 1 read, 1 new or changed\n");
        let imported = workplace.azat("files import", &[&files]);
        assert_eq!(printed(&imported), "files: 1 read, 1 new or changed\n");
        workplace
    }

    fn file(&self, name: &str, content: &dyn std::fmt::Display) -> String {
        let path = self.path(name);
        fs::write(&path, content.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Runs a command on the store.
    fn azat(&self, command: &str, arguments: &[&str]) -> Output {
        let mut all: Vec<_> = command.split(' ').collect();
        all.extend(["--store", &self.store]);
        all.extend(arguments);
        azat(&all)
    }
}

fn azat(arguments: &[&str]) -> Output {
    output(Command::new(env!("CARGO_BIN_EXE_azat")).args(arguments)).unwrap()
}

/// What a command printed; it must have succeeded.
fn printed(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What a command complained of; it must have failed with this code and printed nothing.
fn complaint(output: &Output, code: i32) -> String {
    assert_eq!(output.status.code(), Some(code));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A running `azat serve`, ended with the test.
struct Service {
    process: Child,
    address: String,
}

impl Service {
    fn start(workplace: &Workplace) -> Self {
        Self::start_with(workplace, &[])
    }

    fn start_with(workplace: &Workplace, arguments: &[&str]) -> Self {
        let secret = workplace.file("secret", &format!("{SECRET}\n"));
        let mut process = Command::new(env!("CARGO_BIN_EXE_azat"))
            .args(["serve", "--store", &workplace.store, "--base-url", BASE_URL])
            .args(["--edge-secret-file", &secret])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let line = Lines::of(process.stdout.take().unwrap()).next().unwrap();
        let address = line
            .strip_prefix("listening on http://")
            .unwrap()
            .to_owned();
        Self { process, address }
    }

    /// The whole response to a request with these header lines.
    fn ask(&self, request_line: &str, fields: &str) -> String {
        self.send(request_line, fields, "")
    }

    fn send(&self, request_line: &str, fields: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let length = body.len();
        let request = format!(
            "{request_line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {length}\r\n{fields}\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    }

    /// Stops as an operator does, and gives what was logged.
    fn stop(mut self, signal: &str) -> Vec<Value> {
        let id = self.process.id().to_string();
        let sent = Command::new("kill")
            .args(["-s", signal, &id])
            .status()
            .unwrap();
        assert!(sent.success());
        let status = wait_for("it stops", || self.process.try_wait().unwrap());
        assert!(status.success());
        let mut log = String::new();
        self.process
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut log)
            .unwrap();
        log.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Fails when it has been stopped already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_newest_key_signs_and_all_are_published() {
    let workplace = Workplace::furnished();
    let kid = printed(&workplace.azat("keys create", &[]));
    let set = printed(&workplace.azat("keys publish", &[]));
    let keys: Value = serde_json::from_str(&set).unwrap();
    assert_eq!(keys["keys"].as_array().unwrap().len(), 2);
    assert_eq!(keys["keys"][0]["kid"], kid.trim());
    for private in ["\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\""] {
        assert!(!set.contains(private));
    }
    let item = printed(&workplace.azat("keys publish", &["--profile", "azat"]));
    let item_value: Value = serde_json::from_str(&item).unwrap();
    assert_eq!(item_value, json!({ "azat": keys }));
    assert!(!item.trim().contains(char::is_whitespace), "compact");

    let minted = printed(&workplace.azat("mint", &["--issuer", BASE_URL, "--subject", SUBJECT]));
    let header = jsonwebtoken::decode_header(minted.trim()).unwrap();
    assert_eq!(header.kid.as_deref(), Some(kid.trim()));
}

#[test]
fn minting_has_its_limits() {
    let workplace = Workplace::furnished();
    let mint = |subject, rest: &[&str]| {
        let arguments = [&["--issuer", BASE_URL, "--subject", subject], rest].concat();
        workplace.azat("mint", &arguments)
    };
    assert!(mint(SUBJECT, &["--lifetime-seconds", "1"]).status.success());
    for seconds in ["0", "604801"] {
        let refused = complaint(&mint(SUBJECT, &["--lifetime-seconds", seconds]), 2);
        assert!(
            refused.contains("expected 1 to 604800 seconds"),
            "{refused}"
        );
    }
    let refused = complaint(&mint("1050", &[]), 2);
    assert!(refused.contains("expected ISSUER#SUBJECT"), "{refused}");
    let refused = complaint(&mint("https://accounts.google.com#1", &[]), 1);
    assert!(refused.contains("#1 is no user of"), "{refused}");
    assert!(refused.contains("`azat users import`"), "{refused}");
}

#[test]
fn a_store_without_keys_cannot_mint_or_serve() {
    let workplace = Workplace::furnished();
    fs::remove_file(&workplace.store).unwrap();
    let mint = || workplace.azat("mint", &["--issuer", BASE_URL, "--subject", SUBJECT]);
    let missing = complaint(&mint(), 1);
    assert!(
        missing.contains("does not exist: `azat keys create`"),
        "{missing}"
    );
    let users = workplace.path("users");
    printed(&workplace.azat("users import", &[users.to_str().unwrap()]));
    let keyless = complaint(&mint(), 1);
    assert!(keyless.contains("has no signing key"), "{keyless}");
    let secret = workplace.file("secret", &SECRET);
    let serve = ["--base-url", BASE_URL, "--edge-secret-file", &secret];
    let keyless = complaint(&workplace.azat("serve", &serve), 1);
    assert!(keyless.contains("has no signing key"), "{keyless}");
}

#[test]
fn an_import_reads_the_standard_input_and_names_the_bad_line() {
    let workplace = Workplace::new();
    let mut import = Command::new(env!("CARGO_BIN_EXE_azat"))
        .args(["files", "import", "--store", &workplace.store, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    import.stdin.take().unwrap().write_all(b"{}\n").unwrap();
    let refused = complaint(&ended(import).unwrap(), 1);
    assert_eq!(
        refused,
        "azat: line 1: column 2: missing field `catalog`; nothing was imported\n"
    );
}

#[test]
fn a_weak_secret_or_a_strange_base_url_is_refused() {
    let workplace = Workplace::new();
    let serve = |base_url, secrets: &[&str]| {
        let mut arguments = vec!["--base-url", base_url];
        for secret in secrets {
            arguments.extend(["--edge-secret-file", secret]);
        }
        workplace.azat("serve", &arguments)
    };
    let (good, weak) = (
        workplace.file("good", &SECRET),
        workplace.file("weak", &"short\n"),
    );
    let refused = complaint(&serve(BASE_URL, &[&weak]), 1);
    assert!(
        refused.contains("expected at least 32 bytes of secret"),
        "{refused}"
    );
    let refused = complaint(&serve(BASE_URL, &[&good, &good, &good]), 1);
    assert!(refused.contains("at most two edge secrets"), "{refused}");
    complaint(&serve(BASE_URL, &[]), 2);
    let refused = complaint(&serve("https://azul.example/service", &[&good]), 2);
    assert!(
        refused.contains("without user, path, query or fragment"),
        "{refused}"
    );
}

#[test]
fn a_policy_is_checked_and_compiled() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy.toml");
    let shipped = shipped.to_str().unwrap();
    let checked = printed(&azat(&["policy", "check", shipped]));
    assert!(
        checked.starts_with(&format!("{shipped} is a good policy: ")),
        "{checked}"
    );
    let compiled = printed(&azat(&["policy", "compile", shipped]));
    assert!(azat_policy::Policy::from_compact(&compiled).is_ok());
    assert_eq!(compiled.lines().count(), 1);

    let workplace = Workplace::new();
    let good = workplace.file("good.toml", &POLICY);
    let checked = printed(&azat(&["policy", "check", &good]));
    assert_eq!(
        checked,
        format!("{good} is a good policy: 1 route, 0 profiles\n")
    );
    let bad = workplace.file("bad.toml", &POLICY.replace("https:", "ftp:"));
    for command in ["check", "compile"] {
        let refused = complaint(&azat(&["policy", command, &bad]), 1);
        assert_eq!(
            refused,
            format!("azat: {bad}, line 1, base_url: expected an https URL\n")
        );
    }
    let (_, route) = POLICY.split_once("[[routes]]").unwrap();
    let routes = format!("[[routes]]{route}").repeat(200);
    let long = workplace.file("long.toml", &format!("{POLICY}{routes}"));
    printed(&azat(&["policy", "check", &long]));
    let refused = complaint(&azat(&["policy", "compile", &long]), 1);
    assert!(
        refused.contains("a Config Store item has at most 8000"),
        "{refused}"
    );
}

#[test]
fn it_serves_until_it_is_told_to_stop() {
    let workplace = Workplace::furnished();
    let manifest = printed(&workplace.azat(
        "manifest create",
        &[
            "--base-url",
            "https://azul.example/",
            "--catalog",
            "demo",
            "--source",
            "s1",
        ],
    ));
    let manifest = manifest.trim().strip_prefix(BASE_URL).unwrap();
    let azat = printed(&workplace.azat("mint", &["--issuer", BASE_URL, "--subject", SUBJECT]));
    let azat = azat.trim();
    let service = Service::start(&workplace);

    let locked = complaint(&workplace.azat("keys publish", &[]), 1);
    let expected = format!(
        "azat: {} is in use by another azat: stop it first\n",
        workplace.store
    );
    assert_eq!(locked, expected);

    let listed = service.ask(&format!("GET {manifest}"), "");
    assert!(listed.starts_with("HTTP/1.1 200 "), "{listed}");
    assert!(
        listed.ends_with(&format!("\noutput=\"{UUID}/a b.txt\"\n\n")),
        "{listed}"
    );
    let unsigned = service.ask(
        "POST /edge/entitlements",
        &format!("Authorization: Bearer {azat}\r\n"),
    );
    assert!(unsigned.starts_with("HTTP/1.1 403 "), "{unsigned}");
    let authorization = format!("Bearer {azat}");
    let target = format!("/edge/files/demo/{UUID}");
    let parts = SignedParts {
        method: "GET",
        path: &target,
        query: Some("version=2024-01-02T03:04:05.000006Z"),
        authorization: &authorization,
    };
    let secret = EdgeSecret::new(SECRET.as_bytes()).unwrap();
    let signature = sign(&secret, parts, UnixTime::now());
    let fields = format!(
        "Authorization: {authorization}\r\nSignature-Input: {}\r\nSignature: {}\r\n",
        signature.signature_input, signature.signature
    );
    let query = "version=2024-01-02T03:04:05.000006Z";
    let record = service.ask(&format!("GET {target}?{query}"), &fields);
    assert!(record.starts_with("HTTP/1.1 200 "), "{record}");
    service.ask(&format!("GET /somewhere?token={azat}"), "");

    let log = service.stop("TERM");
    let seen: Vec<_> = (log.iter())
        .map(|line| {
            json!([
                line["method"],
                line["route"],
                line["status"],
                line["reason"]
            ])
        })
        .collect();
    let expected = [
        json!(["GET", "/manifest/files/{key}", 200, null]),
        json!(["POST", "/edge/entitlements", 403, "edge_signature_invalid"]),
        json!(["GET", "/edge/files/{catalog}/{uuid}", 200, null]),
        json!(["GET", "unmatched", 404, "route_unknown"]),
    ];
    assert_eq!(seen, expected);
    let key = manifest.rsplit('/').next().unwrap();
    for line in &log {
        assert!(line["time"].is_u64() && line["ms"].is_u64());
        assert_eq!(line["cause"].is_string(), line["reason"].is_string());
        let text = line.to_string();
        assert!(
            [azat, key, SECRET, UUID]
                .iter()
                .all(|secret| !text.contains(secret))
        );
    }
}

#[test]
fn minted_tokens_are_counted() {
    let workplace = Workplace::furnished();
    let jti = || {
        let azat = printed(&workplace.azat("mint", &["--issuer", BASE_URL, "--subject", SUBJECT]));
        let claims = jsonwebtoken::dangerous::insecure_decode::<Value>(azat.trim());
        claims.unwrap().claims["jti"].clone()
    };
    assert_eq!([jti(), jti()], ["0", "1"]);
    let user = json!({"issuer": "https://accounts.google.com", "subject": "1050", "sources": []});
    let users = workplace.file("users", &user);
    printed(&workplace.azat("users import", &[&users]));
    assert_eq!(jti(), "2", "an import of users counts nothing");
}

/// A provider that does not listen.
fn absent_provider(workplace: &Workplace) -> String {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", free.local_addr().unwrap());
    workplace.file("client-secret", &"GOCSPX-mock_client_secret\n");
    let text = format!(
        r#"
client_id = "azat.apps.example"
client_secret_file = "client-secret"
token_endpoint = "{base}/token"
tokeninfo_endpoint = "{base}/tokeninfo"
userinfo_endpoint = "{base}/userinfo"
jwks_uri = "{base}/certs"
redirect_uris = ["http://localhost/callback"]
allow_loopback = true
"#
    );
    workplace.file("provider.toml", &text)
}

#[test]
fn what_users_send_is_not_logged() {
    let workplace = Workplace::furnished();
    let provider = absent_provider(&workplace);
    let service = Service::start_with(&workplace, &["--identity-provider", &provider]);
    let sign_in = json!({
        "code": "4/mock_code", "code_verifier": "mock_verifier",
        "redirect_uri": "http://localhost/callback",
    });
    let json = "Content-Type: application/json\r\n";
    let bearer = "Authorization: Bearer ya29.mock_access_token\r\n";
    let answers = [
        service.send("POST /user/authorize", json, &sign_in.to_string()),
        service.ask("GET /user/token", bearer),
        service.ask("PUT /fetch/manifest/files?catalog=demo&format=curl", bearer),
        service.ask("POST /user/revoke", bearer),
    ];
    for answer in &answers {
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
        assert!(answer.contains("identity_provider_unavailable"));
    }
    let log = service.stop("TERM");
    assert_eq!(log.len(), 4);
    for line in &log {
        assert_eq!(line["reason"], "identity_provider_unavailable");
        assert_eq!(line["cause"], "the identity provider: it cannot be reached");
        assert!(!line.to_string().contains("mock"));
    }
}

#[test]
fn a_bad_provider_is_told() {
    let workplace = Workplace::new();
    let secret = workplace.file("secret", &SECRET);
    let provider = absent_provider(&workplace);
    let text = fs::read_to_string(&provider).unwrap();
    let bad = workplace.file("bad.toml", &text.replace("allow_loopback = true", ""));
    let serve = ["--base-url", BASE_URL, "--edge-secret-file", &secret];
    let serve = [&serve[..], &["--identity-provider", &bad]].concat();
    let refused = complaint(&workplace.azat("serve", &serve), 1);
    let expected =
        format!("azat: {bad}: token_endpoint: expected an https URL without user and fragment\n");
    assert_eq!(refused, expected);
}

#[test]
fn it_stops_at_an_interrupt() {
    let service = Service::start(&Workplace::new());
    assert_eq!(service.stop("INT"), Vec::<Value>::new());
}
