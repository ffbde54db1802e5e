//! All tables of a policy: the list of credential systems. A new one has its line here.

use std::collections::BTreeMap;

use crate::Policy;
use crate::table::Table;

/// What logs call the credential system of a request that was denied before one was known. No
/// table has that name.
pub const UNKNOWN_SYSTEM: &str = "unknown";

/// A table, and what it is called in the policy.
pub(crate) struct NamedTable<'p> {
    /// The member that holds the tables of its system.
    pub(crate) system: &'static str,
    /// Its name there, by which routes accept such credentials.
    pub(crate) name: &'p str,
    /// The table.
    pub(crate) table: &'p dyn Table,
}

impl<R> Policy<R> {
    /// All tables.
    pub(crate) fn tables(&self) -> impl Iterator<Item = NamedTable<'_>> {
        let tables = of("profiles", &self.profiles);
        #[cfg(feature = "fixed-header")]
        let tables = tables.chain(of("fixed_headers", &self.fixed_headers));
        tables
    }

    /// The table of that name.
    pub(crate) fn table(&self, name: &str) -> Option<&dyn Table> {
        let named = self.tables().find(|named| named.name == name);
        named.map(|named| named.table)
    }
}

/// The tables of one system.
fn of<'p, T: Table>(
    system: &'static str,
    tables: &'p BTreeMap<String, T>,
) -> impl Iterator<Item = NamedTable<'p>> {
    tables.iter().map(move |(name, table)| NamedTable {
        system,
        name,
        table,
    })
}
