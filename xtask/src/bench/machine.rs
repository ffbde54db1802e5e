//! On what, when and with which versions something was measured.

use std::time::SystemTime;

use anyhow::Result;
use azat_testbed::VICEROY_VERSION;
use serde::Serialize;

use crate::bench::openssl;
use crate::bench::programs::{said, version};

/// The packages of others that are measured.
const PACKAGES: [&str; 5] = ["jsonwebtoken", "jwt-simple", "libcrux-ecdsa", "p256", "rsa"];

/// Date, processor and versions.
#[derive(Serialize)]
pub(crate) struct Machine {
    /// As in `22 Nov 2026`.
    pub(crate) date: String,
    pub(crate) processor: String,
    pub(crate) processors: usize,
    /// By name, in the order in which they are shown.
    pub(crate) versions: Vec<(String, String)>,
}

impl Machine {
    /// This one, now.
    ///
    /// # Errors
    /// When the compiler or a version cannot be asked.
    pub(crate) fn this() -> Result<Self> {
        let rust = said("rustc", "--version")?;
        let rust = rust.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut versions = vec![
            ("Rust".to_owned(), rust),
            ("Viceroy".to_owned(), VICEROY_VERSION.to_owned()),
        ];
        if let Some(openssl) = openssl::version() {
            let number = openssl.split(' ').nth(1).unwrap_or_default();
            versions.push(("OpenSSL".to_owned(), number.to_owned()));
        }
        for package in PACKAGES {
            versions.push((package.to_owned(), version(package)?));
        }
        Ok(Self {
            date: today(),
            processor: processor(),
            processors: std::thread::available_parallelism().map_or(1, usize::from),
            versions,
        })
    }

    /// In one line.
    pub(crate) fn told(&self) -> String {
        let versions: Vec<_> = self
            .versions
            .iter()
            .map(|(name, version)| format!("{name} {version}"))
            .collect();
        format!(
            "{}; {}, {} threads; {}",
            self.date,
            self.processor,
            self.processors,
            versions.join(", ")
        )
    }
}

/// From a date as HTTP writes it: `Sun, 22 Nov 2026 01:47:32 GMT`.
fn today() -> String {
    let now = httpdate::fmt_http_date(SystemTime::now());
    now.get(5..16).unwrap_or_default().to_owned()
}

/// The model that the system names.
fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    model(&text).unwrap_or(std::env::consts::ARCH).to_owned()
}

fn model(cpuinfo: &str) -> Option<&str> {
    let line = cpuinfo
        .lines()
        .find(|line| line.starts_with("model name"))?;
    line.split_once(": ").map(|(_, model)| model.trim())
}

#[cfg(test)]
mod tests;
