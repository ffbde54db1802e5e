//! `use` declarations, one import at a time.

use syn::ext::IdentExt;
use syn::{Ident, ItemUse, UseTree, Visibility};

/// One name, or all names, that a `use` brings into its module.
pub(crate) struct Import {
    /// From the module in which it is written.
    pub(crate) path: Vec<String>,
    pub(crate) brings: Brings,
    /// Whether it hands on what it brings.
    pub(crate) is_reexport: bool,
    pub(crate) line: usize,
}

/// What an import brings.
pub(crate) enum Brings {
    Name(String),
    /// `as _`: a trait's methods.
    NoName,
    /// `*`
    Everything,
}

impl Import {
    /// The imports of one declaration, ungrouped.
    pub(crate) fn of(declaration: &ItemUse) -> Vec<Self> {
        let is_reexport = match &declaration.vis {
            Visibility::Inherited => false,
            Visibility::Public(_) => true,
            Visibility::Restricted(restricted) => !restricted.path.is_ident("self"),
        };
        let mut leaves = Vec::new();
        ungroup(&declaration.tree, &mut Vec::new(), &mut leaves);
        let import = |(path, brings, line)| Self {
            path,
            brings,
            is_reexport,
            line,
        };
        leaves.into_iter().map(import).collect()
    }

    /// Does it bring this name? A glob is not asked.
    pub(crate) fn brings(&self, name: &str) -> bool {
        matches!(&self.brings, Brings::Name(brought) if brought == name)
    }
}

type Leaf = (Vec<String>, Brings, usize);

fn ungroup(tree: &UseTree, prefix: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
    match tree {
        UseTree::Path(path) => {
            prefix.push(text(&path.ident));
            ungroup(&path.tree, prefix, leaves);
            prefix.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                ungroup(tree, prefix, leaves);
            }
        }
        UseTree::Name(name) => {
            let path = joined(prefix, &name.ident);
            let brings = path.last().cloned().map_or(Brings::NoName, Brings::Name);
            leaves.push((path, brings, line(&name.ident)));
        }
        UseTree::Rename(renamed) => {
            let brings = match text(&renamed.rename) {
                name if name == "_" => Brings::NoName,
                name => Brings::Name(name),
            };
            leaves.push((joined(prefix, &renamed.ident), brings, line(&renamed.ident)));
        }
        UseTree::Glob(glob) => {
            let line = glob.star_token.span.start().line;
            leaves.push((prefix.clone(), Brings::Everything, line));
        }
    }
}

/// In `a::{self}`, `self` is `a`.
fn joined(prefix: &[String], last: &Ident) -> Vec<String> {
    let last = (last != "self" || prefix.is_empty()).then(|| text(last));
    prefix.iter().cloned().chain(last).collect()
}

fn text(ident: &Ident) -> String {
    ident.unraw().to_string()
}

fn line(ident: &Ident) -> usize {
    ident.span().start().line
}
