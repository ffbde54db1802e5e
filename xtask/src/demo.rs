//! `cargo xtask demo`: a scientist's download through a real edge, and what it refuses.

mod access_tokens;
mod by_hand;
mod comparison;
mod download;
mod origin_calls;
mod outage;
mod refusals;
mod sign_in;

use anyhow::{Result, bail};
use azat_testbed::{Artefacts, CurlManifest, Plan, Stack};

use crate::table::{aligned, thousands};
use crate::{building, interrupt, tools};

use access_tokens::AccessTokens;
use by_hand::ByHand;
use download::Download;
use origin_calls::OriginCalls;
use outage::Outage;
use refusals::Refusals;
use sign_in::SignIn;

/// Runs the demo; with `check` it has an outage as well, and ends by itself.
///
/// # Errors
/// When something is missing or fails, when anything is not as it should be, or when a log of the
/// run holds a token.
pub(crate) fn run(check: bool) -> Result<()> {
    let viceroy = tools::prepare()?;
    let artefacts = building::artefacts(viceroy)?;
    let mut stack = start(artefacts)?;
    let differences = show(&mut stack, check)?;
    if let Some(leak) = stack.finish()? {
        return Err(leak.into());
    }
    if !differences.is_empty() {
        bail!("{} things were not as they should be.", differences.len());
    }
    if check {
        println!("Everything was as it should be.");
    }
    Ok(())
}

fn start(artefacts: Artefacts) -> Result<Stack> {
    println!(
        "\nWriting sample files, and starting mirror, repository, identity provider, origin and edge."
    );
    let stack = Stack::builder()
        .with_sessions()
        .library(Plan::DEMO)
        .artefacts(artefacts)
        .start()?;
    interrupt::check()?;
    println!("The edge is at {}.", stack.edge_url());
    Ok(stack)
}

/// Runs each step of the demo, reports it, and returns what is not as it should be.
fn show(stack: &mut Stack, check: bool) -> Result<Vec<String>> {
    AccessTokens::shorten(stack)?;
    let sign_in = SignIn::run(stack)?;
    println!(
        "\nA user has signed in and asked for a manifest. This command line came back; $AZAT stands for the \
         token in it:\n\n  {}\n",
        sign_in.shown()
    );
    let download = Download::run(stack, &sign_in)?;
    let access_tokens = AccessTokens::used(stack)?;
    let calls = OriginCalls::during(stack, &download)?;
    let compared = compare(stack, &download)?;
    let refusals = Refusals::provoke(stack, &sign_in.azat)?;
    let by_hand = ByHand::prepare(stack, &sign_in.azat)?;

    print!("{}", report(&download, &access_tokens, &refusals, &calls));
    let mut differences = [
        compared,
        access_tokens.differences(),
        calls.differences(),
        refusals.differences,
    ]
    .concat();
    if check {
        differences.extend(by_hand.differences()?);
        let outage = Outage::provoke(stack, &sign_in.azat)?;
        println!("In an outage of the origin\n{}", aligned(&outage.rows()));
        differences.extend(outage.differences());
    }
    for difference in &differences {
        println!("Not as it should be: {difference}");
    }
    if !check {
        print!("{by_hand}");
        println!("\nEdge, origin, mirror, repository and identity provider stay up until Ctrl-C.");
        interrupt::wait();
    }
    Ok(differences)
}

fn compare(stack: &Stack, download: &Download) -> Result<Vec<String>> {
    let manifest = CurlManifest::parse(&stack.curl(&[stack.manifest_url()])?.text())?;
    comparison::differences(stack.library().readable(), &manifest, &download.directory)
}

fn report(
    download: &Download,
    access_tokens: &AccessTokens,
    refusals: &Refusals,
    calls: &OriginCalls,
) -> String {
    let row = |name: &str, value: String| [name.to_owned(), value];
    let downloaded = [
        row("files", thousands(download.files)),
        row("bytes", thousands(download.bytes)),
        row("seconds", format!("{:.1}", download.time.as_secs_f64())),
    ];
    format!(
        "Downloaded\n{}\nWith one AZAT, whose access tokens live four seconds\n{}\nRefused, by reason\n{}\n\
         Calls to the origin so far\n{}\n",
        aligned(&downloaded),
        aligned(&access_tokens.rows()),
        aligned(&refusals.rows()),
        aligned(&calls.rows()),
    )
}
