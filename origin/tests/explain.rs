//! `azat explain` as its user sees it. Nothing that it prints may hold a token or a secret: every
//! run here is searched for them.

use std::fs;
use std::io::Write as _;
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;

use azat_origin::token::SigningKey;
use azat_testbed::{Lines, ended, output};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::pkcs8::LineEnding;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

const NOW: u64 = 1_800_000_000;
const DAY: u64 = 86_400;
const SUBJECT: &str = "https://accounts.google.com#1050";
const UUID: &str = "10b5aa79-0595-47c6-9871-31a9151a8d56";
/// A file of the closed source.
const CLOSED: &str = "20b5aa79-0595-47c6-9871-31a9151a8d56";
/// A file that only the repository has.
const UNMIRRORED: &str = "30b5aa79-0595-47c6-9871-31a9151a8d56";
/// A file that nobody holds.
const NOWHERE: &str = "40b5aa79-0595-47c6-9871-31a9151a8d56";
const ABSENT: &str = "50b5aa79-0595-47c6-9871-31a9151a8d56";
const SECRET: &str = "0123456789abcdef0123456789abcdef";

const POLICY: &str = r#"base_url = "https://azul.example"
default_catalog = "demo"

[mirror]
redirect_base = "https://mirror.example/"

[[repository.hosts]]
host = "data.example"
backend = "terra"

[profiles.azat]
algorithm = "RS256"
issuer = "https://azul.example"
maximum_lifetime_seconds = 604_800
leeway_seconds = 60

[profiles.build]
algorithm = "HS256"
secret = "build_tokens"
audience = "https://azul.example"
typ = "at+jwt"
subject_prefix = "build/"

[freshness]
entitlement = { fresh_seconds = 60, stale_seconds = 300 }
file = { fresh_seconds = 3_600, stale_seconds = 86_400 }

[[routes]]
path = "/files/{uuid}"
methods = ["GET", "HEAD"]
accepts = ["azat"]
answer = { file = "stream" }

[[routes]]
path = "/builds/{uuid}"
methods = ["GET"]
accepts = ["build"]
answer = { file = "stream" }

[[routes]]
path = "/redirect/{uuid}"
methods = ["GET"]
accepts = ["azat"]
answer = { file = "redirect" }

[[routes]]
path = "/fetch/{uuid}"
methods = ["GET"]
accepts = ["azat"]
answer = "fetch"

[[routes]]
path = "/manifest/{key}"
methods = ["GET", "PUT"]
passes = ["anonymous", "google"]
answer = "origin"
"#;

static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate().unwrap());
static FOREIGN_KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate().unwrap());

fn jwk_set(kid: &str) -> Value {
    let encoded = |number: Vec<u8>| URL_SAFE_NO_PAD.encode(number);
    let (n, e) = (encoded(KEY.modulus()), encoded(KEY.exponent()));
    json!({"keys": [{"kty": "RSA", "kid": kid, "alg": "RS256", "use": "sig", "n": n, "e": e}]})
}

/// The claims of a good token.
fn claims() -> Value {
    json!({
        "iss": "https://azul.example", "sub": SUBJECT, "jti": "3",
        "iat": NOW, "exp": NOW + DAY,
    })
}

fn changed(mut value: Value, changes: Value) -> Value {
    let members = value.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    value
}

fn signed(key: &SigningKey, kid: &str, claims: &Value) -> String {
    let header = Header {
        kid: Some(kid.to_owned()),
        ..Header::new(Algorithm::RS256)
    };
    let pem = key
        .to_pkcs8_der()
        .unwrap()
        .to_pem("PRIVATE KEY", LineEnding::LF);
    let key = EncodingKey::from_rsa_pem(pem.unwrap().as_bytes()).unwrap();
    jsonwebtoken::encode(&header, claims, &key).unwrap()
}

/// A good token.
fn token() -> String {
    signed(&KEY, "k1", &claims())
}

/// A token with these claims changed.
fn token_with(changes: Value) -> String {
    signed(&KEY, "k1", &changed(claims(), changes))
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

fn file(uuid: &str, changes: Value) -> Value {
    let file = json!({
        "catalog": "demo", "uuid": uuid, "version": "2024-01-02T03:04:05.000006Z",
        "source": "open", "public": false, "mirror_key": "file/1f44.sha256", "size": 15,
        "name": "a b.txt", "content_type": "text/plain",
        "digest": {"algorithm": "md5", "hex": "cb4ddb13e6dfa777817ea68ea71183f6"},
    });
    changed(file, changes)
}

fn documents() -> Value {
    let unmirrored = json!({
        "mirror_key": null, "repository_url": "https://data.example/objects/1f44?userProject=p",
    });
    json!({
        "entitlements": [{"issuer": "https://azul.example", "subject": SUBJECT, "sources": ["open"],
                          "jti_window": [2, 4]}],
        "files": [
            file(UUID, json!({})),
            file(CLOSED, json!({"source": "closed"})),
            file(UNMIRRORED, unmirrored),
            file(NOWHERE, json!({"mirror_key": null})),
        ],
    })
}

/// A directory with a policy, keys, documents and secrets.
struct Workplace {
    directory: TempDir,
}

impl Workplace {
    fn new() -> Self {
        let workplace = Self {
            directory: tempdir().unwrap(),
        };
        workplace.file("policy.toml", POLICY);
        workplace.file("keys.json", &jwk_set("k1").to_string());
        workplace.file("documents.json", &documents().to_string());
        let secrets = json!({"edge_origin_secret": SECRET});
        workplace.file("secrets.json", &secrets.to_string());
        workplace
    }

    fn file(&self, name: &str, content: &str) {
        fs::write(self.directory.path().join(name), content).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_azat"));
        command
            .current_dir(self.directory.path())
            .arg("explain")
            .args(arguments);
        command
    }

    /// Runs `azat explain` with just these arguments.
    fn run(&self, arguments: &[&str]) -> Output {
        let output = output(&mut self.command(arguments)).unwrap();
        assert_tight(&output);
        output
    }

    /// Explains a request to a person.
    fn told(&self, arguments: &[&str]) -> String {
        let given = [
            "--policy",
            "policy.toml",
            "--keys",
            "keys.json",
            "--documents",
            "documents.json",
        ];
        let now = NOW.to_string();
        let all = [
            &given[..],
            &["--secrets", "secrets.json", "--now", &now],
            arguments,
        ]
        .concat();
        let output = self.run(&all);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{stderr}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Explains a request to a machine.
    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.told(&[&["--json"], arguments].concat())).unwrap()
    }

    fn batch(&self, arguments: &[&str]) -> Child {
        let given = ["--policy", "policy.toml", "--keys", "keys.json", "--batch"];
        self.command(&[&given[..], arguments].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// What a batch of these lines yields.
    fn batched(&self, lines: &[u8]) -> Output {
        let mut batch = self.batch(&["--documents", "documents.json"]);
        // Few lines: they fit into the pipe.
        batch.stdin.take().unwrap().write_all(lines).unwrap();
        let output = ended(batch).unwrap();
        assert_tight(&output);
        output
    }

    /// What a batch of these good requests yields.
    fn verdicts(&self, requests: &[Value]) -> Vec<Value> {
        let lines: String = requests
            .iter()
            .map(|request| format!("{request}\n"))
            .collect();
        let output = self.batched(lines.as_bytes());
        assert!(output.status.success());
        assert!(output.stderr.is_empty());
        answers(&output)
    }
}

/// Asserts that nothing printed holds a token or a secret.
fn assert_tight(output: &Output) {
    for printed in [&output.stdout, &output.stderr] {
        let printed = String::from_utf8_lossy(printed);
        for word in ["eyJ", "ya29.", SECRET, &STANDARD.encode(SECRET)] {
            assert!(!printed.contains(word), "{word} in {printed}");
        }
    }
}

fn answers(output: &Output) -> Vec<Value> {
    let stdout = String::from_utf8(output.stdout.clone()).unwrap();
    stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What a failed run complained of.
fn complaint(output: &Output, code: i32) -> String {
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{stderr}");
    assert!(output.stdout.is_empty());
    stderr
}

/// A line about a GET with that value of Authorization.
fn get(url: &str, authorization: &str) -> Value {
    json!({"id": url, "url": url, "headers": [["Authorization", authorization]], "now": NOW})
}

#[test]
fn a_person_is_told_of_every_check() {
    let workplace = Workplace::new();
    let header = format!("Authorization: Bearer {}", token());
    let url = format!("https://azul.example/files/{UUID}");
    let told = workplace.told(&["-H", &header, &url]);
    let expected = "\
Request
  time      Fri, 15 Jan 2027 08:00:00 GMT (1800000000)
  route     /files/{uuid}
  system    azat
  subject   https://accounts.google.com#1050
  issuer    https://azul.example
  token     number 3, issued Fri, 15 Jan 2027 08:00:00 GMT
  file      10b5aa79-0595-47c6-9871-31a9151a8d56 in demo, the newest version

Checks
  ok     settings     policy and keys can be read
  ok     route        a route takes this path and this method
";
    assert!(told.starts_with(expected), "{told}");
    let expected = "
  ok     delivery     there is a place to get the file from

Answer
  200 the file, from the mirror
  content-length: 15
  content-type: text/plain
  content-disposition: attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt
";
    assert!(told.ends_with(expected), "{told}");
    assert!(
        !told.contains("FAILED") && !told.contains("not made"),
        "{told}"
    );
}

#[test]
fn a_person_is_told_what_failed_and_what_to_do() {
    let workplace = Workplace::new();
    let header = format!("Authorization: Bearer {}", token());
    let told = workplace.told(&["-H", &header, &format!("/files/{CLOSED}")]);
    let expected = "
  FAILED source       the file is public, or of a source that the subject may read
  not made: delivery

Answer
  404 file_not_found: There is no such file, or it may not be read with this token.
  content-type: application/problem+json
  proxy-status: azat-edge; error=http_request_denied; details=\"file_not_found\"
  log       source_refused, which the client is not told

What to do
  client    Check uuid, version and catalog, and that you have access to the file's source.
  operator  The file is there, but not public, and its `source` is not among the subject's `sources`: ";
    assert!(told.contains(expected), "{told}");
    let later = (NOW + 2 * DAY).to_string();
    let expired = workplace.run(&[
        "--policy",
        "policy.toml",
        "--keys",
        "keys.json",
        "--now",
        &later,
        "-H",
        &header,
        &format!("/files/{UUID}"),
    ]);
    let told = String::from_utf8(expired.stdout).unwrap();
    let expected = "
  FAILED expiry       exp has not passed
                      the token expired on Sat, 16 Jan 2027 08:00:00 GMT
  not made: ";
    assert!(told.contains(expected), "{told}");
    assert!(
        told.contains("Request a new command line and use the token in it."),
        "{told}"
    );
}

#[test]
fn a_person_is_told_what_is_missing() {
    let workplace = Workplace::new();
    let header = format!("Authorization: Bearer {}", token());
    let told = workplace.told(&["-H", &header, &format!("/files/{UNMIRRORED}")]);
    let expected = r##"
  open   delivery     there is a place to get the file from

Answer
  not known yet: nothing speaks against the request so far, but the subject's access token for the repository is missing

What to do
  Add it to the file given with --documents:
  {"access_tokens":[{"issuer":"https://azul.example","subject":"https://accounts.google.com#1050"}]}
"##;
    assert!(told.ends_with(expected), "{told}");
    let told = workplace.told(&["--method", "PUT", "/manifest/eyJhbGciOiJSUzI1NiJ9"]);
    let expected = "what the origin answers: the request is passed on to it\n";
    assert!(told.ends_with(expected), "{told}");
}

#[test]
fn a_machine_is_told_the_same() {
    let workplace = Workplace::new();
    let header = format!("Authorization: Bearer {}", token());
    let told = workplace.json(&["-H", &header, &format!("/files/{CLOSED}")]);
    assert_eq!(told["verdict"], "deny");
    assert_eq!(told["now"], NOW);
    assert_eq!(told["answer"]["status"], 404);
    assert_eq!(told["answer"]["body"]["reason"], "file_not_found");
    assert_eq!(told["advice"].as_array().unwrap().len(), 1);
    let outcome = |wanted: &str| {
        let checks = told["checks"].as_array().unwrap().iter();
        let found = checks.filter(|made| made["check"] == wanted);
        found
            .map(|made| made["outcome"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(outcome("signature"), ["passed"]);
    assert_eq!(outcome("source"), ["failed"]);
    assert_eq!(outcome("delivery"), ["unmade"]);
}

#[test]
fn a_file_is_delivered_in_every_way() {
    let workplace = Workplace::new();
    let header = format!("Authorization: Bearer {}", token());
    let answer = |arguments: &[&str]| {
        let told = workplace.json(&[&["-H", &header], arguments].concat());
        assert_eq!(told["verdict"], "allow", "{told}");
        assert_eq!(told["status"], told["answer"]["status"]);
        told
    };
    let field = |told: &Value, name: &str| {
        let fields = told["answer"]["headers"].as_array().unwrap();
        let found = fields
            .iter()
            .find(|field| field[0] == name)
            .map(|field| field[1].clone());
        found.unwrap_or_default()
    };
    let path = format!("/files/{UUID}?version=2024-01-02T03:04:05.000006Z");
    let whole = answer(&["--method", "HEAD", &path]);
    assert_eq!(
        (&whole["status"], &whole["upstream"]),
        (&json!(200), &json!("the mirror"))
    );
    assert_eq!(field(&whole, "content-length"), "15");
    let part = answer(&["-H", "Range: bytes=10-", &path]);
    assert_eq!(part["status"], 206);
    assert_eq!(field(&part, "content-range"), "bytes 10-14/15");
    for (agent, status) in [("curl/8.5.0", 206), ("Wget/1.21.3", 416)] {
        let agent = format!("User-Agent: {agent}");
        let finished = answer(&["-H", "Range: bytes=15-", "-H", &agent, &path]);
        assert_eq!(
            (&finished["status"], &finished["upstream"]),
            (&json!(status), &Value::Null)
        );
    }
    let redirected = answer(&[&format!("/redirect/{UUID}")]);
    assert_eq!(redirected["status"], 302);
    assert_eq!(
        field(&redirected, "location"),
        "https://mirror.example/file/1f44.sha256"
    );
    let fetched = answer(&[&format!("/fetch/{UUID}")]);
    let body = json!({"Status": 302, "Location": "https://mirror.example/file/1f44.sha256"});
    assert_eq!(
        (&fetched["status"], &fetched["answer"]["body"]),
        (&json!(200), &body)
    );

    let mut with_session = documents();
    with_session["access_tokens"] = json!([{"issuer": "https://azul.example", "subject": SUBJECT, "access_token": "ya29.mock"}]);
    workplace.file("documents.json", &with_session.to_string());
    let repository = answer(&[&format!("/files/{UNMIRRORED}")]);
    assert_eq!(repository["upstream"], "the repository (backend terra)");
}

#[test]
fn denials_tell_reason_and_check() {
    let workplace = Workplace::new();
    let good = bearer(&token());
    let ordinary = format!("/files/{UUID}");
    let of_token = |token: String| get(&ordinary, &bearer(&token));
    let (header, rest) = token()
        .split_once('.')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let unsigned = format!("{}.{rest}", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#));
    let critical = r#"{"alg":"RS256","kid":"k1","crit":["x"],"x":1}"#;
    let critical = format!("{}.{rest}", URL_SAFE_NO_PAD.encode(critical));
    let mut post = get(&ordinary, &good);
    post["method"] = "POST".into();
    let mut twice = get(&ordinary, &good);
    twice["headers"] = json!([["authorization", good], ["Authorization", good]]);
    let mut not_ascii = get(&ordinary, &good);
    not_ascii["headers"] = json!([["authorization", "Bearer \u{ff}"]]);
    let mut anonymous = get(&ordinary, &good);
    anonymous["headers"] = json!([]);
    let rows = [
        (get("/elsewhere", &good), 404, "route_unknown", "route"),
        (
            get(&format!("/{ordinary}"), &good),
            404,
            "route_unknown",
            "route",
        ),
        (post, 405, "method_not_allowed", "route"),
        (
            get(&format!("{ordinary}?token={}", token()), &good),
            400,
            "token_in_url",
            "credential",
        ),
        (twice, 400, "credentials_several", "credential"),
        (not_ascii, 400, "credential_malformed", "credential"),
        (
            get(&ordinary, &format!("Basic {header}")),
            401,
            "scheme_unsupported",
            "credential",
        ),
        (anonymous, 401, "credential_missing", "acceptance"),
        (
            get(&ordinary, "Bearer ya29.mock"),
            401,
            "credential_not_accepted",
            "acceptance",
        ),
        (of_token(header), 401, "token_malformed", "form"),
        (of_token(critical), 401, "token_critical_extension", "form"),
        (
            of_token(unsigned),
            401,
            "token_algorithm_refused",
            "algorithm",
        ),
        (
            of_token(signed(&KEY, "k2", &claims())),
            401,
            "token_key_unknown",
            "key",
        ),
        (
            of_token(signed(&FOREIGN_KEY, "k1", &claims())),
            401,
            "token_forged",
            "signature",
        ),
        (
            of_token(token_with(json!({"sub": null}))),
            401,
            "token_claims_malformed",
            "claims",
        ),
        (
            of_token(token_with(json!({"iss": "https://other.example"}))),
            401,
            "token_issuer_refused",
            "issuer",
        ),
        (
            of_token(token_with(json!({"exp": NOW + 8 * DAY}))),
            401,
            "token_lifetime_too_long",
            "lifetime",
        ),
        (
            of_token(token_with(json!({"iat": NOW - DAY, "exp": NOW - 60}))),
            401,
            "token_expired",
            "expiry",
        ),
        (
            of_token(token_with(json!({"nbf": NOW + 61}))),
            401,
            "token_not_yet_valid",
            "beginning",
        ),
        (get("/files/x", &good), 404, "file_not_found", "name"),
        (
            get(&format!("{ordinary}?version=1"), &good),
            400,
            "parameter_invalid",
            "name",
        ),
        (
            of_token(token_with(json!({"jti": "1"}))),
            401,
            "token_revoked",
            "session",
        ),
        (
            get(&format!("/files/{CLOSED}"), &good),
            404,
            "file_not_found",
            "source",
        ),
        (
            get(&format!("/files/{NOWHERE}"), &good),
            404,
            "file_not_downloadable",
            "delivery",
        ),
        (
            get(&format!("/fetch/{UNMIRRORED}"), &good),
            404,
            "file_not_downloadable",
            "delivery",
        ),
    ];
    let (mut requests, mut expected) = (Vec::new(), Vec::new());
    for (index, (mut request, status, reason, check)) in rows.into_iter().enumerate() {
        request["id"] = json!(index);
        requests.push(request);
        expected.push(json!([index, "deny", status, reason, check]));
    }
    // The last row needs an access token first.
    let mut with_session = documents();
    with_session["access_tokens"] = json!([{"issuer": "https://azul.example", "subject": SUBJECT}]);
    workplace.file("documents.json", &with_session.to_string());
    let verdicts = workplace.verdicts(&requests);
    let told: Vec<_> = (verdicts.iter())
        .map(|told| {
            json!([
                told["id"],
                told["verdict"],
                told["status"],
                told["reason"],
                told["check"]
            ])
        })
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn tokens_of_a_shared_key_are_explained_with_the_secrets() {
    let workplace = Workplace::new();
    let token = |typ: &str, changes: Value| {
        let header = Header {
            typ: Some(typ.to_owned()),
            ..Header::new(Algorithm::HS256)
        };
        let good = json!({"sub": "build/1", "aud": "https://azul.example", "exp": NOW + DAY});
        let key = EncodingKey::from_secret(SECRET.as_bytes());
        bearer(&jsonwebtoken::encode(&header, &changed(good, changes), &key).unwrap())
    };
    let explain = |authorization: String| {
        let header = format!("Authorization: {authorization}");
        let told = workplace.json(&["-H", &header, &format!("/builds/{UUID}")]);
        json!([
            told["verdict"],
            told["status"],
            told["reason"],
            told["check"],
            told["principal"]["subject"]
        ])
    };
    let set_secret = |entry: &str| {
        workplace.file("secrets.json", &json!({"build_tokens": entry}).to_string());
    };
    let good = || token("at+jwt", json!({}));
    assert_eq!(
        explain(good()),
        json!(["deny", 503, "keys_missing", "keys", null])
    );
    set_secret("c2hvcnQ=");
    assert_eq!(
        explain(good()),
        json!(["deny", 503, "configuration_broken", "keys", null])
    );
    let header = format!("Authorization: {}", good());
    let told = workplace.told(&["-H", &header, &format!("/builds/{UUID}")]);
    let expected = "\n  operator  The profile's `secret` in the Secret Store (here, --secrets) is no good key: ";
    assert!(told.contains(expected), "{told}");
    set_secret(&STANDARD.encode([7; 32]));
    assert_eq!(
        explain(good()),
        json!(["deny", 401, "token_forged", "signature", null])
    );
    set_secret(&STANDARD.encode(SECRET));
    assert_eq!(
        explain(good()),
        json!(["need", null, null, "entitlement", "build/1"])
    );
    let rows = [
        (token("JWT", json!({})), "token_type_refused", "type"),
        (
            token("at+jwt", json!({"iss": "x"})),
            "token_issuer_refused",
            "issuer",
        ),
        (
            token("at+jwt", json!({"sub": "1"})),
            "token_subject_refused",
            "subject",
        ),
        (
            token("at+jwt", json!({"aud": null})),
            "token_audience_refused",
            "audience",
        ),
        (
            token("at+jwt", json!({"cnf": {"jkt": "0"}})),
            "token_possession_unproven",
            "possession",
        ),
    ];
    for (authorization, reason, check) in rows {
        assert_eq!(
            explain(authorization),
            json!(["deny", 401, reason, check, null])
        );
    }
    let entitlement = json!({"subject": "build/1", "sources": ["open"]});
    let documents = changed(documents(), json!({"entitlements": [entitlement]}));
    workplace.file("documents.json", &documents.to_string());
    assert_eq!(
        explain(good()),
        json!(["allow", 200, null, null, "build/1"])
    );
}

#[test]
fn what_is_missing_is_needed_unless_all_is_there() {
    let workplace = Workplace::new();
    let good = bearer(&token());
    let strangers = bearer(&token_with(
        json!({"sub": "https://accounts.google.com#1051"}),
    ));
    let requests = [
        get(&format!("/files/{UUID}"), &strangers),
        get(&format!("/files/{ABSENT}"), &good),
        get(
            &format!("/files/{UUID}?version=2025-01-02T03:04:05.000006Z"),
            &good,
        ),
        get(&format!("/files/{UUID}?catalog=other"), &good),
        get(&format!("/files/{UNMIRRORED}"), &good),
    ];
    let told = |verdicts: Vec<Value>| {
        let told = (verdicts.into_iter()).map(|told| {
            let verdict = told["verdict"].as_str().unwrap().to_owned();
            assert_eq!(told["status"].is_null(), verdict == "need");
            let why = match verdict.as_str() {
                "need" => told["needs"].clone(),
                _ => told["log_reason"]
                    .as_str()
                    .map_or(told["reason"].clone(), Value::from),
            };
            json!([verdict, told["check"], why])
        });
        told.collect::<Vec<_>>()
    };
    let expected = [
        json!(["need", "entitlement", ["entitlement"]]),
        json!(["need", "record", ["file"]]),
        json!(["need", "record", ["file"]]),
        json!(["need", "record", ["file"]]),
        json!(["need", "delivery", ["access_token"]]),
    ];
    assert_eq!(told(workplace.verdicts(&requests)), expected);
    let complete = changed(documents(), json!({"complete": true}));
    workplace.file("documents.json", &complete.to_string());
    let expected = [
        json!(["deny", "entitlement", "session_missing"]),
        json!(["deny", "record", "file_unknown"]),
        json!(["deny", "record", "file_unknown"]),
        json!(["deny", "record", "file_unknown"]),
        json!(["deny", "delivery", "session_missing"]),
    ];
    assert_eq!(told(workplace.verdicts(&requests)), expected);
}

#[test]
fn a_batch_answers_every_line() {
    let workplace = Workplace::new();
    let good = bearer(&token());
    let lines = [
        get(&format!("https://azul.example/files/{UUID}"), &good).to_string(),
        String::new(),
        r#"{"url": "/manifest/k", "id": {"a": [1]}}"#.to_owned(),
        format!(
            "{{\"id\": 3, \"url\": \"/files/{UUID}\", \"headers\": [[\"Authorization\", \"{good}\"]"
        ),
        json!({"id": "4", "headers": [["authorization", good]]}).to_string(),
        json!({"id": "5", "url": good}).to_string(),
        json!({"id": "6", "url": "/manifest/k", "headers": [["a b", good]]}).to_string(),
        json!({"id": "7", "url": "/manifest/k", "headers": [["a", "b\nc"]]}).to_string(),
        json!({"id": "8", "url": "/manifest/k", "headers": {"authorization": good}}).to_string(),
        json!({"id": "9", "url": "/manifest/k", "method": "G T"}).to_string(),
        json!({"id": "10", "url": "/manifest/k", "method": "PUT", "more": 1}).to_string(),
    ];
    let mut input = lines.join("\n").into_bytes();
    input.extend(b"\n{\"id\": \"\xff\", \"url\": \"/manifest/k\"}");
    let output = workplace.batched(&input);
    assert_eq!(output.status.code(), Some(1));
    let told: Vec<_> = (answers(&output).iter())
        .map(|told| json!([told["id"], told["verdict"], told["error"]]))
        .collect();
    let url =
        "url: expected http:// or https:// without user and password, or a path that begins with /";
    let object =
        "expected an object with \"url\" and perhaps \"id\", \"method\", \"headers\" and \"now\"";
    let syntax = told[2][2].as_str().unwrap().to_owned();
    assert!(syntax.starts_with("expected JSON (column "), "{syntax}");
    let expected = [
        json!([format!("https://azul.example/files/{UUID}"), "allow", null]),
        json!([{"a": [1]}, "pass", null]),
        json!([null, null, syntax]),
        json!(["4", null, "missing field `url`"]),
        json!(["5", null, url]),
        json!(["6", null, "header: its name is not one of a field"]),
        json!(["7", null, "header: its value cannot stand in a field"]),
        json!(["8", null, object]),
        json!(["9", null, "method: expected one word, as in GET"]),
        json!(["10", "pass", null]),
        json!([null, null, told[10][2]]),
    ];
    assert_eq!(told, expected);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let complaints: Vec<_> = stderr.lines().collect();
    assert_eq!(complaints.len(), 9);
    assert!(
        complaints[0].starts_with("azat: line 4: expected JSON"),
        "{stderr}"
    );
    assert_eq!(complaints[1], "azat: line 5: missing field `url`");
    assert_eq!(complaints[8], "azat: 8 lines are no requests");
}

#[test]
fn an_id_comes_back_as_it_is_written() {
    let workplace = Workplace::new();
    for id in [
        "1e2",
        "1208925819614629174706176",
        "0.10",
        r#"{"b": 1, "a": [ ]}"#,
        r#""\u0061""#,
        "null",
    ] {
        for line in [
            format!(r#"{{"url": "/manifest/k", "id": {id}}}"#),
            format!(r#"{{"url": "", "id": {id}}}"#),
            format!(r#"{{"id": {id}}}"#),
        ] {
            let output = workplace.batched(line.as_bytes());
            let told = String::from_utf8(output.stdout).unwrap();
            assert!(told.starts_with(&format!(r#"{{"id":{id},"#)), "{told}");
        }
    }
    let output = workplace.batched(br#"{"id": 1, "url": "/manifest/k", "id": 2}"#);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.starts_with(r#"{"id":null,"error":"#), "{told}");
}

#[test]
fn a_line_has_the_members_that_are_promised() {
    let workplace = Workplace::new();
    let told = workplace.verdicts(&[get(&format!("/files/{UUID}"), &bearer(&token()))]);
    let expected = json!({
        "id": format!("/files/{UUID}"), "verdict": "allow", "status": 200, "reason": null,
        "system": "azat", "route": "/files/{uuid}",
        "principal": {"profile": "azat", "issuer": "https://azul.example", "subject": SUBJECT,
                      "issued_at": NOW, "counter": 3},
        "file": {"catalog": "demo", "uuid": UUID},
    });
    assert_eq!(told, [expected]);
}

#[test]
fn a_batch_can_be_talked_to() {
    let workplace = Workplace::new();
    let now = NOW.to_string();
    let mut batch = workplace.batch(&["--now", &now]);
    let mut input = batch.stdin.take().unwrap();
    let mut lines = Lines::of(batch.stdout.take().unwrap());
    let header = json!([["authorization", bearer(&token())]]);
    for (path, verdict) in [("files", "need"), ("manifest", "deny"), ("files", "need")] {
        let line = json!({"url": format!("/{path}/{UUID}"), "headers": header});
        writeln!(input, "{line}").unwrap();
        let answer: Value = serde_json::from_str(&lines.next().unwrap()).unwrap();
        assert_eq!(answer["verdict"], verdict);
    }
    drop(input);
    assert!(ended(batch).unwrap().status.success());
}

#[test]
fn a_bad_file_is_told_in_one_sentence() {
    let workplace = Workplace::new();
    workplace.file(
        "bad.toml",
        &POLICY.replace("leeway_seconds = 60", "leeway_seconds = 61"),
    );
    workplace.file(
        "private.json",
        r#"{"keys": [{"kty": "RSA", "kid": "k1", "d": "AQ"}]}"#,
    );
    workplace.file("bad.json", r#"{"eyJsecret": 1"#);
    workplace.file("array.json", r#"["eyJsecret"]"#);
    let fault = |arguments: &[&str]| {
        let complaint = complaint(&workplace.run(&[arguments, &["/files/x"]].concat()), 1);
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
        complaint
    };
    let policy = fault(&["--policy", "bad.toml"]);
    assert!(
        policy.starts_with("azat: bad.toml, line 15, profiles.azat.leeway_seconds: expected "),
        "{policy}"
    );
    let absent = fault(&["--policy", "absent.toml"]);
    assert!(
        absent.starts_with("azat: --policy: cannot read absent.toml: No such file"),
        "{absent}"
    );
    let keys = fault(&["--keys", "private.json"]);
    assert!(keys.starts_with("azat: private.json: "), "{keys}");
    assert!(keys.contains("key k1: expected a public key"), "{keys}");
    for option in ["--keys", "--documents", "--secrets"] {
        for name in ["bad.json", "array.json"] {
            let told = fault(&[option, name]);
            assert!(
                told.starts_with(&format!("azat: {name}: expected ")),
                "{told}"
            );
        }
        let told = fault(&[option, "absent.json"]);
        let expected = format!("azat: {option}: cannot read absent.json: No such file");
        assert!(told.starts_with(&expected), "{told}");
    }
}

#[test]
fn bad_arguments_are_told_and_not_repeated() {
    let workplace = Workplace::new();
    let unquoted = ["-H", "Authorization:", "Bearer", &token(), "/files/x"];
    let told = complaint(&workplace.run(&unquoted), 2);
    assert_eq!(told, "error: expected one URL: is each -H in quotes?\n");
    complaint(&workplace.run(&[]), 2);
    complaint(&workplace.run(&["--batch", "/files/x"]), 2);
    let told = complaint(&workplace.run(&["-H", &token(), "/files/x"]), 1);
    assert_eq!(told, "azat: -H: expected NAME: VALUE\n");
    let told = complaint(&workplace.run(&[&token()]), 1);
    assert!(told.starts_with("azat: url: expected "), "{told}");
    for option in ["--policy", "--keys", "--secrets", "--documents"] {
        for value in [token(), SECRET.to_owned()] {
            let told = complaint(&workplace.run(&[option, &value, "/files/x"]), 1);
            let expected = format!("azat: {option}: cannot read the file: ");
            assert!(told.starts_with(&expected), "{told}");
        }
    }
    for value in [token(), SECRET.to_owned()] {
        let hint = "\n\nFor more information, try 'azat explain --help'.\n";
        for (argument, place) in [
            (format!("--now={value}"), "--now <UNIX>: "),
            (format!("--json={value}"), "--json: "),
            (format!("--batch={value}"), "--batch: "),
            (format!("--{value}"), ""),
            (format!("-{value}"), ""),
        ] {
            let told = complaint(&workplace.run(&[&argument, "/files/x"]), 2);
            assert!(told.starts_with(&format!("error: {place}")), "{told}");
            assert!(told.ends_with(hint), "{told}");
        }
        complaint(&workplace.run(&["--batch", &value]), 2);
        complaint(&workplace.run(&["--now", &value, "/files/x"]), 2);
        complaint(&workplace.run(&["--json", "--json", &value]), 2);
    }
    assert!(workplace.run(&["--help"]).status.success());
}

#[test]
fn bad_arguments_are_told_with_what_was_expected() {
    let workplace = Workplace::new();
    for (arguments, expected) in [
        (
            &["--now", "tomorrow"][..],
            "--now <UNIX>: expected seconds since the epoch, as in 1796000000",
        ),
        (
            &["--now", "-5"],
            "--now <UNIX>: expected seconds since the epoch, as in 1796000000",
        ),
        (
            &["--policy", "a", "--policy", "b"],
            "--policy <FILE>: expected once",
        ),
        (&["--policy="], "--policy <FILE>: expected a value"),
        (
            &["--documnets", "a"],
            "unexpected argument found; a similar one exists: --documents",
        ),
        (&["--batch"], "--batch: goes without [URL]..."),
    ] {
        let told = complaint(&workplace.run(&[arguments, &["/files/x"]].concat()), 2);
        assert_eq!(told.lines().next(), Some(&*format!("error: {expected}")));
    }
}

#[test]
fn a_secret_that_the_edge_would_not_take_is_not_taken() {
    let workplace = Workplace::new();
    workplace.file("secrets.json", r#"{"edge_origin_secret": "too short"}"#);
    let header = format!("Authorization: Bearer {}", token());
    let told = workplace.json(&["-H", &header, &format!("/files/{UUID}")]);
    assert_eq!(
        (&told["status"], &told["reason"]),
        (&json!(503), &json!("edge_refused"))
    );
    assert_eq!(told["cause"], "there is no good secret to sign calls with");
}

#[test]
fn the_built_in_policy_serves_without_files() {
    let workplace = Workplace::new();
    let output = workplace.run(&["--json", "/repository/files/x"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["reason"], "credential_missing");
    assert_eq!(told["route"], "/repository/files/{uuid}");
}

#[test]
fn claims_called_as_members_of_the_documents_are_not_looked_at() {
    let workplace = Workplace::new();
    let url = format!("/files/{UUID}");
    let of_azat = |changes: Value| get(&url, &bearer(&token_with(changes)));
    let requests = [
        of_azat(json!({"subject": "x"})),
        of_azat(json!({"issuer": "x"})),
        of_azat(json!({"issuer": 1, "subject": [SUBJECT]})),
    ];
    for told in workplace.verdicts(&requests) {
        assert_eq!(told["verdict"], "allow", "{told}");
    }

    // A profile without an issuer.
    let secrets = json!({"build_tokens": STANDARD.encode(SECRET)});
    workplace.file("secrets.json", &secrets.to_string());
    let mut with_builds = documents();
    with_builds["entitlements"] = json!([
        {"subject": "build/1", "sources": ["open"]},
        {"issuer": "https://evil.example", "subject": "build/1", "sources": []},
    ]);
    workplace.file("documents.json", &with_builds.to_string());
    let header = Header {
        typ: Some("at+jwt".to_owned()),
        ..Header::new(Algorithm::HS256)
    };
    let claims = json!({
        "sub": "build/1", "aud": "https://azul.example", "exp": NOW + DAY, "issuer": "https://evil.example",
    });
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    let token = jsonwebtoken::encode(&header, &claims, &key).unwrap();
    let header = format!("Authorization: {}", bearer(&token));
    let told = workplace.json(&["-H", &header, &format!("/builds/{UUID}")]);
    assert_eq!(told["verdict"], "allow", "{told}");
}

#[test]
fn a_terminal_is_not_told_what_to_do() {
    let workplace = Workplace::new();
    let subject = "a\u{1b}[2Jb\r\n\u{9b}c\u{202e}";
    let token = token_with(json!({ "sub": subject }));
    let arguments = [
        "-H",
        &format!("Authorization: Bearer {token}"),
        &format!("/files/{UUID}"),
    ];
    let told = workplace.told(&arguments);
    assert!(
        told.contains("\n  subject   a\\u{1b}[2Jb\\r\\n\\u{9b}c\\u{202e}\n"),
        "{told}"
    );
    let is_plain = |text: &str| !text.contains(|c: char| c.is_control() && c != '\n');
    assert!(is_plain(&told) && !told.contains('\u{202e}'), "{told}");
    assert_eq!(workplace.json(&arguments)["principal"]["subject"], subject);

    workplace.file(
        "keys.json",
        r#"{"keys": [{"kty": "RSA", "kid": "\u001b[2J", "d": "AQ"}]}"#,
    );
    let told = complaint(&workplace.run(&["--keys", "keys.json", "/files/x"]), 1);
    assert!(
        told.contains("key \\u{1b}[2J: ") && is_plain(&told),
        "{told}"
    );
}
