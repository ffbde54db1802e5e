//! Viceroy's trace: a line for each host call when it is done, and in it the sandbox that made it.

use std::collections::BTreeMap;

use crate::bench::host_calls::counted::HostCalls;

/// What a call ends with; its beginning is another line.
const DONE: &str = "}: result=";

/// The call that hands a sandbox its next request.
const NEXT: &str = "fastly_http_downstream::next_request_wait";

/// The host calls of requests, in order: from one that a sandbox is handed to the next. Thus the
/// first request of a sandbox is left out, and one in which the trace ends.
pub(crate) fn requests(trace: &str) -> Vec<HostCalls> {
    let mut sandboxes: BTreeMap<&str, Option<HostCalls>> = BTreeMap::new();
    let mut requests = Vec::new();
    for (sandbox, function) in trace.lines().filter_map(call) {
        let request = sandboxes.entry(sandbox).or_default();
        let is_handed_the_next = function == NEXT;
        if let Some(request) = request {
            request.add(function);
        }
        if is_handed_the_next {
            requests.extend(request.replace(HostCalls::default()));
        }
    }
    requests
}

/// The sandbox and the function of a call that is done.
fn call(line: &str) -> Option<(&str, String)> {
    let (context, _) = line.split_once(DONE)?;
    let sandbox = between(context, "request{", "}")?;
    let module = between(context, "module=\"", "\"")?;
    let function = between(context, "function=\"", "\"")?;
    Some((sandbox, format!("{module}::{function}")))
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

#[cfg(test)]
mod tests;
