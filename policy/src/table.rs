//! The tables of the credential systems: each kind of credential that is believed has one.

use std::collections::BTreeMap;

#[cfg(feature = "fixed-header")]
use crate::FixedHeader;
use crate::{Policy, Profile};

/// What logs call the credential system of a request that was denied before one was known. No
/// table has that name.
pub const UNKNOWN_SYSTEM: &str = "unknown";

/// The table of one kind of credential.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Table<'p> {
    /// A kind of JSON Web Token.
    Jwt(&'p Profile),
    /// A header with a fixed value.
    #[cfg(feature = "fixed-header")]
    FixedHeader(&'p FixedHeader),
}

impl Table<'_> {
    /// The member of the policy that holds tables of this system.
    pub(crate) fn system(self) -> &'static str {
        match self {
            Self::Jwt(_) => "profiles",
            #[cfg(feature = "fixed-header")]
            Self::FixedHeader(_) => "fixed_headers",
        }
    }

    /// Whether such a credential proves a service, rather than a user.
    pub(crate) fn proves_service(self) -> bool {
        match self {
            Self::Jwt(_) => false,
            #[cfg(feature = "fixed-header")]
            Self::FixedHeader(_) => true,
        }
    }

    /// Checks the members of the table against each other. Yields the one at fault, and what was
    /// expected of it.
    pub(crate) fn check(self) -> Result<(), (&'static str, String)> {
        match self {
            Self::Jwt(profile) => profile.check(),
            #[cfg(feature = "fixed-header")]
            Self::FixedHeader(header) => header.check(),
        }
    }
}

impl<R> Policy<R> {
    /// All tables, each with the name of its kind of credential.
    pub(crate) fn tables(&self) -> impl Iterator<Item = (&str, Table<'_>)> {
        let tables = named(&self.profiles, Table::Jwt);
        #[cfg(feature = "fixed-header")]
        let tables = tables.chain(named(&self.fixed_headers, Table::FixedHeader));
        tables
    }

    /// The table of that name.
    pub(crate) fn table(&self, name: &str) -> Option<Table<'_>> {
        let mut tables = self.tables();
        tables.find_map(|(own, table)| (own == name).then_some(table))
    }
}

fn named<'p, T>(
    tables: &'p BTreeMap<String, T>,
    table: fn(&'p T) -> Table<'p>,
) -> impl Iterator<Item = (&'p str, Table<'p>)> {
    tables
        .iter()
        .map(move |(name, members)| (name.as_str(), table(members)))
}
