//! Whole requests: the edge against a program that only forwards.

use std::path::Path;

use anyhow::{Context, Result};
use azat_testbed::{Artefacts, Plan, Stack};

use crate::bench::contender::{EDGE, FORWARDER};
use crate::bench::contest::{self, Contender, Requests};
use crate::bench::guest::Guest;
use crate::bench::load::Load;

/// The size of the file that is asked for, in bytes.
const BODY: u64 = 8 * 1024;

/// Measures both in turn, on the same mirror: the edge with cached documents, then the forwarder.
///
/// # Errors
/// When one of them does not answer as it must.
pub(crate) fn run(artefacts: Artefacts, forwarder: &Path) -> Result<Vec<Requests>> {
    let viceroy = artefacts.viceroy.clone();
    let plan = Plan {
        large_bytes: BODY,
        ..Plan::SMALL
    };
    let stack = Stack::builder()
        .library(plan)
        .artefacts(artefacts)
        .frozen()
        .start()?;
    let backends = format!(
        "[local_server.backends.mirror]\nurl = \"{}\"\n",
        stack.mirror().url()
    );
    let guest = Guest::start(&viceroy, forwarder, FORWARDER, &backends, &stack.logs())?;

    let file = stack.library().large().context("a library without files")?;
    let token = stack.mint()?;
    let load = |address, path: &str| {
        Load::get(address, path, &token.header(), 200).with_body(BODY as usize)
    };
    let edge = stack.edge_process().context("the edge has ended")?;
    let contenders = [
        Contender::new(EDGE, load(stack.edge_address(), &file.path()), edge),
        Contender::new(
            FORWARDER,
            load(guest.address(), &format!("/{}", file.mirror_key)),
            guest.process(),
        ),
    ];
    let measured = contest::run(&contenders, || stack.mirror().forget_requests())?;
    drop(guest);
    match stack.finish()? {
        Some(leak) => Err(leak.into()),
        None => Ok(measured),
    }
}
