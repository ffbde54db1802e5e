//! Requests from lines, and a line for each.

use std::io::{self, BufRead as _, BufReader, Read, Write};

use azat_edge::time::UnixTime;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::explanation::{Explainer, Summary};
use super::{json_fault, request};

/// An `id` as it is written: a number read and written again would not always be the same. Absent,
/// it is answered as `null`.
type Id<'l> = Option<&'l RawValue>;

/// A request as a line has it.
#[derive(Deserialize)]
struct RequestLine<'l> {
    #[serde(borrow, default)]
    id: Id<'l>,
    #[serde(default = "get")]
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    now: Option<u64>,
}

fn get() -> String {
    "GET".to_owned()
}

/// The line that answers it.
#[derive(Serialize)]
struct SummaryLine<'l> {
    id: Id<'l>,
    #[serde(flatten)]
    summary: Summary<'l>,
}

/// The line that answers what is not a request.
#[derive(Serialize)]
struct FaultLine<'l> {
    id: Id<'l>,
    error: &'l str,
}

/// Why the lines were not answered to the end.
#[derive(Debug, thiserror::Error)]
pub enum BatchFault {
    /// They cannot be read.
    #[error("cannot read the standard input: {0}")]
    Input(io::Error),
    /// The answers cannot be written.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Answers every line of `input` that is not blank. `now` is for lines that name no time. A line
/// that is not a request is also given to `refused`: its number, counted from 1, and what is wrong
/// with it. Yields how many such lines there were.
///
/// # Errors
/// [`BatchFault`].
pub fn run(
    explainer: &mut Explainer,
    now: Option<UnixTime>,
    mut input: BufReader<impl Read>,
    mut output: impl Write,
    mut refused: impl FnMut(u64, &str),
) -> Result<u64, BatchFault> {
    let mut line = Vec::new();
    let mut faults = 0;
    for number in 1_u64.. {
        // Whoever waits for an answer before asking more gets it.
        if !input.buffer().contains(&b'\n') {
            output.flush()?;
        }
        line.clear();
        let length = input.read_until(b'\n', &mut line);
        if length.map_err(BatchFault::Input)? == 0 {
            break;
        }
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        if let Err(fault) = answer(explainer, now, line, &mut output)? {
            refused(number, &fault);
            faults += 1;
        }
    }
    output.flush()?;
    Ok(faults)
}

/// Answers a line; yields what is wrong with it, if anything is.
fn answer(
    explainer: &mut Explainer,
    now: Option<UnixTime>,
    line: &[u8],
    output: &mut impl Write,
) -> io::Result<Result<(), String>> {
    let asked = match read(line) {
        Ok(asked) => asked,
        Err(fault) => return refuse(id_of(line), fault, output),
    };
    let base_url = explainer.base_url();
    let request = request::of_parts(&asked.method, &asked.url, &asked.headers, base_url);
    let request = match request {
        Ok(request) => request,
        Err(fault) => return refuse(asked.id, fault.to_owned(), output),
    };
    let given = asked.now.map(UnixTime::from_seconds).or(now);
    let explanation = explainer.explain(&request, given.unwrap_or_else(UnixTime::now));
    let summary = explanation.summary();
    let id = asked.id;
    write_line(output, &SummaryLine { id, summary })?;
    Ok(Ok(()))
}

fn read(line: &[u8]) -> Result<RequestLine<'_>, String> {
    const EXPECTED: &str =
        "expected an object with \"url\" and perhaps \"id\", \"method\", \"headers\" and \"now\"";
    serde_json::from_slice(line).map_err(|fault| json_fault::describe(&fault, EXPECTED))
}

/// The `id` of a line that is not a request; none where it has two.
fn id_of(line: &[u8]) -> Id<'_> {
    #[derive(Deserialize)]
    struct OnlyId<'l> {
        #[serde(borrow, default)]
        id: Id<'l>,
    }
    let line: Option<OnlyId<'_>> = serde_json::from_slice(line).ok();
    line?.id
}

fn refuse(id: Id<'_>, fault: String, output: &mut impl Write) -> io::Result<Result<(), String>> {
    write_line(output, &FaultLine { id, error: &fault })?;
    Ok(Err(fault))
}

fn write_line(output: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *output, line)?;
    output.write_all(b"\n")
}
