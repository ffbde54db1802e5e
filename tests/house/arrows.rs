//! Which file imports which.
//!
//! An arrow leads to the file that *defines* what is named, whatever re-exports the path goes
//! through: a parent that only hands on its children's names is imported by nobody. Neither `mod`
//! nor handing on a child's names is an arrow; a parent whose own code uses a child has one.

use std::collections::BTreeMap;

use super::import::{Brings, Import};
use super::modules::{ModuleId, Modules};
use super::resolve::Target;

/// From one file to another.
pub(crate) type Ends<'a> = (&'a str, &'a str);

/// What ties an arrow: each name taken, and the first line that takes it.
pub(crate) type Ties = BTreeMap<String, usize>;

/// All arrows among the files of some crates.
pub(crate) struct Arrows<'a>(BTreeMap<Ends<'a>, Ties>);

impl<'a> Arrows<'a> {
    pub(crate) fn among(modules: &Modules<'a>) -> Self {
        let mut arrows = Self(BTreeMap::new());
        for (id, module) in modules.iter() {
            for import in &module.imports {
                for taken in taken_by(modules, id, import) {
                    arrows.draw(modules, id, taken, import.line);
                }
            }
            for mention in &module.mentions {
                for target in modules.resolve(id, &mention.path) {
                    // What is taken from the module is in code that nobody wrote.
                    let taken = match (target, mention.path.last()) {
                        (Target::Module(home), Some(name)) if mention.reaches_in => Target::Item {
                            home,
                            name: name.clone(),
                        },
                        (target, _) => target,
                    };
                    arrows.draw(modules, id, taken, mention.line);
                }
            }
        }
        arrows
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Ends<'a>, &Ties)> {
        self.0.iter().map(|(ends, ties)| (*ends, ties))
    }

    /// The files that a file imports.
    pub(crate) fn from(&self, file: &'a str) -> impl Iterator<Item = &'a str> {
        let all = self.0.range((file, "")..);
        all.map(|(ends, _)| *ends)
            .take_while(move |(from, _)| *from == file)
            .map(|(_, to)| to)
    }

    /// What ties the arrow between two files that has been found.
    pub(crate) fn ties(&self, ends: Ends<'a>) -> &Ties {
        &self.0[&ends]
    }

    /// A module alone is no arrow: only what is named in it tells where it comes from.
    fn draw(&mut self, modules: &Modules<'a>, from: ModuleId, target: Target, line: usize) {
        let Target::Item { home, name } = target else {
            return;
        };
        let ends = (modules.get(from).file, modules.get(home).file);
        if ends.0 != ends.1 {
            let first = self.0.entry(ends).or_default().entry(name).or_insert(line);
            *first = line.min(*first);
        }
    }
}

/// What an import takes for its own file. Handing on a child's names takes nothing; handing on
/// anybody else's does.
fn taken_by(modules: &Modules<'_>, id: ModuleId, import: &Import) -> Vec<Target> {
    let mut targets = modules.resolve(id, &import.path);
    if matches!(import.brings, Brings::Everything) {
        let wide = targets.iter().filter_map(|target| match target {
            Target::Module(module) => Some(*module),
            Target::Item { .. } => None,
        });
        let all = wide
            .flat_map(|module| handed_out(modules, module, &mut Vec::new()))
            .collect();
        targets = all;
    }
    if import.is_reexport {
        targets.retain(
            |target| matches!(target, Target::Item { home, .. } if !is_below(modules, *home, id)),
        );
    }
    targets
}

/// All that a glob takes: what a module defines, and what it hands on. Modules that hand on each
/// other are asked once.
fn handed_out(modules: &Modules<'_>, module: ModuleId, asked: &mut Vec<ModuleId>) -> Vec<Target> {
    if asked.contains(&module) {
        return Vec::new();
    }
    asked.push(module);
    let named = |name| modules.resolve(module, std::slice::from_ref(name));
    let defined = modules.get(module).defined.keys();
    let mut all: Vec<_> = defined.flat_map(named).collect();
    let handed_on = modules.get(module).imports.iter();
    for import in handed_on.filter(|import| import.is_reexport) {
        match &import.brings {
            Brings::Name(name) => all.extend(named(name)),
            // A trait's methods go by names that no path tells.
            Brings::NoName => all.extend(modules.resolve(module, &import.path)),
            Brings::Everything => {
                for target in modules.resolve(module, &import.path) {
                    if let Target::Module(wide) = target {
                        all.extend(handed_out(modules, wide, asked));
                    }
                }
            }
        }
    }
    all
}

/// Is it the module itself, or one somewhere in it?
fn is_below(modules: &Modules<'_>, mut inner: ModuleId, outer: ModuleId) -> bool {
    while inner != outer {
        let Some(parent) = modules.get(inner).parent else {
            return false;
        };
        inner = parent;
    }
    true
}
