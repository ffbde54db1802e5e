//! Records, entitlements and manifests, asked for when nothing else is.

use anyhow::Result;

use super::bounds::{BEGINS_MILLISECONDS, SINGLE_MILLISECONDS};
use super::collection::{Collection, SINGLE_FILES, SINGLE_SOURCE};
use super::edge::Edge;
use super::manifests::Client;
use super::report::{Report, milliseconds};
use super::serving::Serving;
use crate::interrupt;
use crate::kept::Kept;
use crate::sample::Samples;
use crate::table::thousands;

/// How often something short is asked for, to tell how long it takes.
const REPEATED: u64 = 200;

/// Measures, and reports.
///
/// # Errors
/// When something is refused, or a manifest is not whole.
pub(super) fn measure(
    serving: &Serving,
    edge: &Edge,
    collection: &Collection,
    report: &mut Report,
) -> Result<()> {
    eprintln!("Asking for records and entitlements.");
    let mut kept = Kept::open(serving.address)?;
    let (mut records, mut entitlements) = (Samples::default(), Samples::default());
    for number in 0..REPEATED {
        interrupt::check()?;
        let record = edge.record(&mut kept, &collection.some_file(number))?;
        records.add(milliseconds(record));
        entitlements.add(milliseconds(edge.entitlement(&mut kept)?));
    }
    drop(kept);
    report.measured("a record by version, ms, median", records.median());
    report.measured("an entitlement, ms, median", entitlements.median());

    eprintln!("Asking for manifests.");
    let client = Client::of(serving);
    let single = client.ask(Some(SINGLE_SOURCE))?;
    let fetched = client.fetch(&single.location)?;
    fetched.has_files(SINGLE_FILES)?;
    let what = format!("a manifest of {} files", thousands(SINGLE_FILES));
    let asked = milliseconds(single.time);
    report.bounded_time(&format!("{what}: asking, ms"), asked, SINGLE_MILLISECONDS);
    let whole = milliseconds(fetched.time);
    report.bounded_time(
        &format!("{what}: the whole, ms"),
        whole,
        SINGLE_MILLISECONDS,
    );

    let all = client.ask(None)?;
    let fetched = client.fetch(&all.location)?;
    fetched.has_files(collection.public_files())?;
    let what = format!(
        "a manifest of {} files",
        thousands(collection.public_files())
    );
    report.measured(&format!("{what}: asking, ms"), milliseconds(all.time));
    let begins = milliseconds(fetched.first_byte);
    report.bounded_time(
        &format!("{what}: its first byte, ms"),
        begins,
        BEGINS_MILLISECONDS,
    );
    report.measured(&format!("{what}: the whole, s"), fetched.time.as_secs_f64());
    report.measured(&format!("{what}: MB"), fetched.bytes as f64 / 1e6);
    Ok(())
}
