//! How often the origin was asked: the reason why there is an edge.

use std::collections::BTreeMap;

use anyhow::Result;
use azat_testbed::Stack;

use super::download::Download;
use crate::patience;
use crate::table::thousands;

/// An entitlement is fresh for a minute, as the testbed's policy says.
const ENTITLEMENT_FRESH_SECONDS: u64 = 60;

const FILE_RECORDS: &str = "/edge/files/{catalog}/{uuid}";
const ENTITLEMENTS: &str = "/edge/entitlements";

/// The calls of a download, by route.
pub(crate) struct OriginCalls {
    by_route: BTreeMap<String, u64>,
    files: u64,
    entitlements_at_most: u64,
}

impl OriginCalls {
    /// What was called so far, which is what `download` called, once the log has all files.
    pub(crate) fn during(stack: &Stack, download: &Download) -> Result<Self> {
        let files = stack.library().readable().len() as u64;
        let complete = |calls: &BTreeMap<String, u64>| calls_of(calls, FILE_RECORDS) >= files;
        let by_route = patience::until(|| Ok(stack.origin_calls()?), complete)?;
        let entitlements_at_most = 1 + download.time.as_secs() / ENTITLEMENT_FRESH_SECONDS;
        Ok(Self {
            by_route,
            files,
            entitlements_at_most,
        })
    }

    /// Whether each record was asked for once and the entitlement once while it was fresh. Every
    /// file needs its record at least once, so a right sum means that each was asked for exactly
    /// once.
    pub(crate) fn differences(&self) -> Vec<String> {
        let mut differences = Vec::new();
        let records = calls_of(&self.by_route, FILE_RECORDS);
        if records != self.files {
            differences.push(format!(
                "{} file records were asked for {records} times",
                self.files
            ));
        }
        let entitlements = calls_of(&self.by_route, ENTITLEMENTS);
        if !(1..=self.entitlements_at_most).contains(&entitlements) {
            differences.push(format!(
                "the entitlement was asked for {entitlements} times"
            ));
        }
        differences
    }

    /// Route and count.
    pub(crate) fn rows(&self) -> Vec<[String; 2]> {
        self.by_route
            .iter()
            .map(|(route, count)| [route.clone(), thousands(*count)])
            .collect()
    }
}

fn calls_of(by_route: &BTreeMap<String, u64>, route: &str) -> u64 {
    by_route.get(route).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
