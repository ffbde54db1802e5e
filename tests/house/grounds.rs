//! Every ground of a denial is in the table of denials, and so on the page about them.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens as _;
use syn::Item;
use syn::spanned::Spanned as _;

use super::finding::Finding;
use super::modules::Modules;
use super::shipped::shipped;
use super::source::Source;

/// The file that compares denials and page, row by row.
const TABLE: &str = "src/denial/tests.rs";

/// Looks at what is shipped. Names of grounds repeat from room to room, so they are counted.
pub(crate) fn findings(modules: &Modules<'_>, sources: &[Source]) -> Vec<Finding> {
    let files: BTreeSet<_> = modules.iter().map(|(_, module)| module.file).collect();
    let mut grounds: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
    for source in sources.iter().filter(|it| files.contains(it.path.as_str())) {
        for item in shipped(source).items {
            if let Item::Static(item) = item
                && item.ty.to_token_stream().to_string() == "Ground"
            {
                let place = (source.path.as_str(), item.span().start().line);
                grounds
                    .entry(item.ident.to_string())
                    .or_default()
                    .push(place);
            }
        }
    }
    let table = sources.iter().find(|source| source.path == TABLE);
    let rows = |name: &str| {
        let row = format!("::{name}, ");
        table.map_or(0, |table| {
            (table.text.lines())
                .filter(|line| line.trim_start().starts_with("(&") && line.contains(&row))
                .count()
        })
    };
    let missing = grounds
        .iter()
        .filter(|(name, places)| rows(name) < places.len());
    missing
        .flat_map(|(name, places)| places.iter().map(move |place| (name, place)))
        .map(|(name, (path, line))| {
            let told = format!(
                "{name} has no row in {TABLE}. Write one, and another in docs/denials.md, which says \
                 why it is of its kind."
            );
            Finding::new(path, *line, told)
        })
        .collect()
}
