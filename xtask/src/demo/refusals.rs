//! What the edge must refuse, asked one by one: `--fail-early` would end a batch at the first.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use azat_testbed::{CurlAnswer, Stack, Token};

use crate::patience;

const UNKNOWN_FILES: usize = 3;

/// What was refused.
pub(crate) struct Refusals {
    kinds: Vec<Kind>,
    by_reason: BTreeMap<String, u64>,
    /// One sentence for each answer that was not the right one.
    pub(crate) differences: Vec<String>,
}

/// A kind of request that is to be refused.
struct Kind {
    what: &'static str,
    status: u16,
    /// As in the edge's log, which has the true reason.
    reason: &'static str,
    requests: Vec<(String, Token)>,
}

impl Refusals {
    /// Asks for what `token` may not have, and presents tokens that are bad.
    pub(crate) fn provoke(stack: &Stack, token: &Token) -> Result<Self> {
        let kinds = kinds(stack, token)?;
        let before = by_reason(stack)?;
        let answers = kinds
            .iter()
            .map(|kind| kind.ask(stack))
            .collect::<Result<Vec<_>>>()?;
        let by_reason = added_since(
            &before,
            answers.iter().map(|answers| answers.len() as u64).sum(),
            stack,
        )?;

        let mut differences = wrong_statuses(&kinds, &answers);
        let not_found: Vec<_> = answers
            .iter()
            .flatten()
            .filter(|answer| answer.status == 404)
            .collect();
        if not_found
            .windows(2)
            .any(|pair| seen_by_a_stranger(pair[0]) != seen_by_a_stranger(pair[1]))
        {
            differences.push("a file of another source can be told from an unknown one".to_owned());
        }
        let expected = kinds
            .iter()
            .map(|kind| (kind.reason.to_owned(), kind.requests.len() as u64))
            .collect();
        if by_reason != expected {
            differences.push(format!(
                "the edge logged {by_reason:?} instead of {expected:?}"
            ));
        }
        Ok(Self {
            kinds,
            by_reason,
            differences,
        })
    }

    /// Reason, status and count of what the edge logged.
    pub(crate) fn rows(&self) -> Vec<[String; 3]> {
        let status = |reason: &str| {
            self.kinds
                .iter()
                .find(|kind| kind.reason == reason)
                .map(|kind| kind.status)
        };
        let row = |(reason, count): (&String, &u64)| {
            let status = status(reason).map_or_else(|| "?".to_owned(), |status| status.to_string());
            [reason.clone(), status, count.to_string()]
        };
        self.by_reason.iter().map(row).collect()
    }
}

impl Kind {
    fn ask(&self, stack: &Stack) -> Result<Vec<CurlAnswer>> {
        self.requests
            .iter()
            .map(|(path, token)| Ok(stack.get(path, Some(token))?))
            .collect()
    }
}

fn kinds(stack: &Stack, token: &Token) -> Result<Vec<Kind>> {
    let (library, forger) = (stack.library(), stack.forger());
    let readable = library
        .ordinary()
        .context("the library has no ordinary file")?
        .path();
    let with = |token| vec![(readable.clone(), token)];
    let closed = library
        .closed()
        .iter()
        .map(|file| (file.path(), token.clone()))
        .collect();
    let unknown = (0..UNKNOWN_FILES)
        .map(|number| (library.unknown_path(number), token.clone()))
        .collect();
    let kind = |what, status, reason, requests| Kind {
        what,
        status,
        reason,
        requests,
    };
    Ok(vec![
        kind("a file of another source", 404, "source_refused", closed),
        kind("an unknown file", 404, "file_unknown", unknown),
        kind(
            "an expired token",
            401,
            "token_expired",
            with(forger.expired()?),
        ),
        kind(
            "a forged token",
            401,
            "token_forged",
            with(forger.forged()?),
        ),
        kind(
            "a token of another issuer",
            401,
            "token_issuer_refused",
            with(forger.other_issuer()?),
        ),
    ])
}

fn wrong_statuses(kinds: &[Kind], answers: &[Vec<CurlAnswer>]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (kind, answers) in kinds.iter().zip(answers) {
        for answer in answers.iter().filter(|answer| answer.status != kind.status) {
            wrong.push(format!(
                "{} got {} instead of {}",
                kind.what, answer.status, kind.status
            ));
        }
    }
    wrong
}

/// All of an answer, from which nobody must learn that a file exists.
fn seen_by_a_stranger(answer: &CurlAnswer) -> (Vec<&(String, String)>, &[u8]) {
    (
        answer
            .headers
            .iter()
            .filter(|(name, _)| name != "date")
            .collect(),
        &answer.body,
    )
}

/// The refusals in the edge's log.
fn by_reason(stack: &Stack) -> Result<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    for line in stack.edge_log(0)? {
        if let Some(reason) = line["reason"].as_str() {
            *counts.entry(reason.to_owned()).or_default() += 1;
        }
    }
    Ok(counts)
}

/// The refusals logged since `before`, of which there should be `count`.
fn added_since(
    before: &BTreeMap<String, u64>,
    count: u64,
    stack: &Stack,
) -> Result<BTreeMap<String, u64>> {
    let total = |counts: &BTreeMap<String, u64>| counts.values().sum::<u64>();
    let complete = |now: &BTreeMap<String, u64>| total(now) >= total(before) + count;
    let mut added = patience::until(|| by_reason(stack), complete)?;
    for (reason, count) in before {
        if let Some(now) = added.get_mut(reason) {
            *now -= count;
        }
    }
    added.retain(|_, count| *count > 0);
    Ok(added)
}

#[cfg(test)]
mod tests;
