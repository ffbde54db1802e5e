//! Host calls: how often the released program asks its host for something in one request.
//!
//! Unlike times they do not depend on the machine: what a change adds here, it adds everywhere.

mod counted;
mod trace;

use std::fs;

use anyhow::{Context, Result, bail};
use azat_testbed::{Artefacts, Plan, Stack, curl};

use crate::bench::guest::Guest;
use crate::{interrupt, patience};

pub(crate) use counted::HostCalls;

/// What has Viceroy write a line for each host call: `fastly_*` are in its own library, `wasi_*` in
/// Wasmtime's.
const FILTER: &str = "viceroy_lib=trace,wasmtime_wasi=trace";

/// The size of the file that is asked for, in bytes: a sandbox does not go on after a long one.
const BODY: u64 = 8 * 1024;

/// How many requests are made: enough for two sandboxes at least.
const REQUESTS: usize = 12;

/// How many requests must have taken the least number of calls. Once a second one takes more: the
/// Config Store is read again.
const ALIKE: usize = 3;

/// Counts them for an authorised file that curl asks for, with documents cached and the token seen
/// before.
///
/// # Errors
/// When an answer is not as it must be, or the trace does not show requests that are alike.
pub(crate) fn run(artefacts: Artefacts) -> Result<HostCalls> {
    let (viceroy, wasm) = (artefacts.viceroy.clone(), artefacts.edge_wasm.clone());
    let plan = Plan {
        large_bytes: BODY,
        ..Plan::SMALL
    };
    let stack = Stack::builder()
        .library(plan)
        .artefacts(artefacts)
        .frozen()
        .start()?;
    let trace = stack.logs().join("host-calls");
    let manifest = stack.edge_manifest();
    let guest = Guest::start_traced(&viceroy, &wasm, &manifest, FILTER, &trace)?;
    ask(&stack, &guest)?;
    let log = trace.with_extension("log");
    let counted = patience::until(
        || Ok(trace::requests(&fs::read_to_string(&log)?)),
        |requests| least(requests).is_some(),
    )?;
    drop(guest);
    if let Some(leak) = stack.finish()? {
        return Err(leak.into());
    }
    least(&counted)
        .with_context(|| format!("no {ALIKE} requests took equal host calls: {counted:?}"))
}

fn ask(stack: &Stack, guest: &Guest) -> Result<()> {
    let file = stack.library().large().context("a library without files")?;
    let token = stack.mint()?.header();
    let url = format!("http://{}{}", guest.address(), file.path());
    for _ in 0..REQUESTS {
        interrupt::check()?;
        let answer = curl(stack.directory(), &["--header", &token, &url])?;
        if (answer.status, answer.body.len() as u64) != (200, file.size) {
            bail!(
                "expected a whole file, got status {}: {}",
                answer.status,
                answer.text()
            );
        }
    }
    Ok(())
}

/// The fewest calls that requests took, if enough of them took just these.
fn least(requests: &[HostCalls]) -> Option<HostCalls> {
    let least = requests.iter().min_by_key(|request| request.total)?;
    let alike = requests.iter().filter(|request| *request == least);
    (alike.count() >= ALIKE).then(|| least.clone())
}

#[cfg(test)]
mod tests;
