//! `azat check`.

use anyhow::ensure;
use azat_origin::store::Checked;
use clap::Args;

use super::say::say;
use super::store_arguments::StoreArguments;

/// How many faults are told one by one.
const TOLD: u64 = 1_000;

/// Reads all of the store and reports what is wrong with it
///
/// Prints a line for each table and for each fault, at most 1,000 of these, and ends with 1 if
/// there is any. Rows are left as they are: a file or a user whose row is bad is imported again.
///
///     azat check --store azat.redb
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Check {
    #[command(flatten)]
    store: StoreArguments,
}

impl Check {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let mut faults = 0;
        let mut said = Ok(());
        let mut tell = |line: String| {
            if said.is_ok() {
                said = say(line);
            }
        };
        self.store.open()?.check(|checked| match checked {
            Checked::Table { name, rows } => tell(format!("{name}: {rows}")),
            Checked::Fault(finding) => {
                faults += 1;
                if faults <= TOLD {
                    tell(format!("fault: {finding}"));
                }
            }
        })?;
        said?;
        ensure!(faults == 0, "{} has {faults} faults", self.store.display());
        say("no faults")?;
        Ok(())
    }
}
