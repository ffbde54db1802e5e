//! Native OpenSSL, as its own `openssl speed` measures it.

use std::process::{Command, Output};
use std::time::Duration;

use anyhow::{Result, bail};

use crate::running;

/// The contender's name.
pub(crate) const CONTENDER: &str = "OpenSSL, native";

/// `openssl speed` on one thread, a second for each key, by the wall clock as the others are
/// measured.
const SPEED: [&str; 9] = [
    "speed",
    "-mr",
    "-elapsed",
    "-seconds",
    "1",
    "rsa2048",
    "rsa3072",
    "rsa4096",
    "ecdsap256",
];

/// How long the command may take: several times what it takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// Its version; `None` when the command is missing.
pub(crate) fn version() -> Option<String> {
    let said = openssl(&["version"]).ok()?;
    let text = String::from_utf8_lossy(&said.stdout).trim().to_owned();
    (said.status.success() && text.starts_with("OpenSSL")).then_some(text)
}

/// Nanoseconds per verification, by operation.
///
/// # Errors
/// When `openssl speed` fails or says something other than it used to.
pub(crate) fn measure() -> Result<Vec<(String, f64)>> {
    let said = openssl(&SPEED)?;
    let text = String::from_utf8_lossy(&said.stdout);
    let measured: Vec<_> = text.lines().filter_map(verification).collect();
    if !said.status.success() || measured.len() != 4 {
        bail!("`openssl {}` failed", SPEED.join(" "));
    }
    Ok(measured)
}

fn openssl(arguments: &[&str]) -> Result<Output> {
    running::output("openssl", Command::new("openssl").args(arguments), PATIENCE)
}

/// As in `+F2:<index>:2048:<signatures a second>:<verifications a second>`, and `+F4` for ECDSA.
fn verification(line: &str) -> Option<(String, f64)> {
    let fields: Vec<_> = line.split(':').collect();
    let [kind, _, bits, _, rate, ..] = fields[..] else {
        return None;
    };
    let operation = match kind {
        "+F2" => format!("signature RS256-{bits}"),
        "+F4" => "signature ES256".to_owned(),
        _ => return None,
    };
    Some((operation, 1e9 / rate.parse::<f64>().ok()?))
}

#[cfg(test)]
mod tests;
