//! What the tests of this crate share. Keys are made once: that takes seconds.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::timeout;

use crate::token::SigningKey;

pub(crate) const BASE_URL: &str = "https://azul.example";
pub(crate) const SUBJECT: &str = "https://accounts.google.com#105096702580025601450";
pub(crate) const UUID: &str = "10b5aa79-0595-47c6-9871-31a9151a8d56";
pub(crate) const VERSION: &str = "2018-09-14T12:33:47.221025Z";

/// How long a test waits for what ought to come at once: enough for a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(15);

static SIGNING_KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate().unwrap());
static FOREIGN_KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate().unwrap());

/// The origin's own key.
pub(crate) fn signing_key() -> &'static SigningKey {
    &SIGNING_KEY
}

/// A key that is nobody's.
pub(crate) fn foreign_key() -> &'static SigningKey {
    &FOREIGN_KEY
}

/// A file line with `changes` made: `null` removes a member.
pub(crate) fn file_line(changes: Value) -> Value {
    changed(
        json!({
            "catalog": "demo", "uuid": UUID, "version": VERSION, "source": "s1", "public": false,
            "mirror_key": "file/1f44.sha256", "size": 15, "name": "foo.txt",
            "content_type": "text/plain",
            "digest": {"algorithm": "md5", "hex": "cb4ddb13e6dfa777817ea68ea71183f6"},
        }),
        changes,
    )
}

/// A user line with `changes` made.
pub(crate) fn user_line(changes: Value) -> Value {
    changed(
        json!({
            "issuer": "https://accounts.google.com", "subject": "105096702580025601450",
            "sources": ["s1", "s2"],
        }),
        changes,
    )
}

/// Lines as an import reads them.
pub(crate) fn lines(lines: impl IntoIterator<Item = Value>) -> String {
    lines.into_iter().map(|line| format!("{line}\n")).collect()
}

/// Waits for `what`, and fails the test when it does not come.
pub(crate) async fn within<T>(what: &str, coming: impl Future<Output = T>) -> T {
    (timeout(PATIENCE, coming).await).unwrap_or_else(|_| panic!("{what} did not come"))
}

/// Waits until that is so, and fails the test when it never is.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    // By the system's clock: some tests move the runtime's.
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "waited in vain until {what}");
        tokio::task::yield_now().await;
    }
}

fn changed(mut line: Value, changes: Value) -> Value {
    let members = line.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        members.insert(name.clone(), value.clone());
    }
    members.retain(|_, value| !value.is_null());
    line
}
