//! From a path to what defines it, through every re-export on the way.

use super::import::Brings;
use super::modules::{Defined, ModuleId, Modules};

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Module(ModuleId),
    /// The last item of the path that is defined by a module: variants and methods are their
    /// type's.
    Item {
        home: ModuleId,
        name: String,
    },
}

/// The imports that are being followed. Names that lead back to themselves lead no further.
type Followed = Vec<(ModuleId, usize)>;

impl Modules<'_> {
    /// What a path that is written in a module stands for: nothing, if it leads out of the house,
    /// and more than one thing, if a name is both a module's and a function's.
    pub(crate) fn resolve(&self, from: ModuleId, path: &[String]) -> Vec<Target> {
        self.follow(from, path, &mut Vec::new())
    }

    fn follow(&self, from: ModuleId, path: &[String], followed: &mut Followed) -> Vec<Target> {
        let Some((first, rest)) = path.split_first() else {
            return Vec::new();
        };
        let mut found = match first.as_str() {
            "crate" => vec![Target::Module(self.get(from).root)],
            "self" => vec![Target::Module(from)],
            "super" => self.above(from),
            name => {
                let found = self.named(from, name, followed);
                match self.root(name) {
                    Some(root) if found.is_empty() => vec![Target::Module(root)],
                    _ => found,
                }
            }
        };
        for name in rest {
            found = self.step(found, name, followed);
        }
        found
    }

    /// One name further. What goes on after a name is a module, if the name is one at all.
    fn step(&self, found: Vec<Target>, name: &str, followed: &mut Followed) -> Vec<Target> {
        let module = found.iter().find_map(|target| match target {
            Target::Module(module) => Some(*module),
            Target::Item { .. } => None,
        });
        let Some(module) = module else {
            return found;
        };
        if name == "super" {
            return self.above(module);
        }
        let found = self.named(module, name, followed);
        if found.is_empty() {
            // Something that a macro makes, or a name of another crate: this is where it is taken
            // from.
            return vec![self.item(module, name)];
        }
        found
    }

    /// What a name stands for in a module: what is defined there, what is imported by name, or else
    /// what globs bring.
    fn named(&self, module: ModuleId, name: &str, followed: &mut Followed) -> Vec<Target> {
        let defined = self.get(module).defined.get(name).into_iter().flatten();
        let mut found: Vec<_> = defined
            .map(|defined| match defined {
                Defined::Item => self.item(module, name),
                Defined::Module(child) => Target::Module(*child),
            })
            .collect();
        for (number, import) in self.get(module).imports.iter().enumerate() {
            let step = (module, number);
            if import.brings(name) && !followed.contains(&step) {
                followed.push(step);
                found.extend(self.follow(module, &import.path, followed));
                followed.pop();
            }
        }
        if found.is_empty() {
            found = self.named_by_globs(module, name, followed);
        }
        found
    }

    fn named_by_globs(&self, module: ModuleId, name: &str, followed: &mut Followed) -> Vec<Target> {
        let mut found = Vec::new();
        for (number, import) in self.get(module).imports.iter().enumerate() {
            let step = (module, number);
            if matches!(import.brings, Brings::Everything) && !followed.contains(&step) {
                followed.push(step);
                for target in self.follow(module, &import.path, followed) {
                    if let Target::Module(wide) = target {
                        found.extend(self.named(wide, name, followed));
                    }
                }
                followed.pop();
            }
        }
        found
    }

    fn item(&self, home: ModuleId, name: &str) -> Target {
        let name = name.to_owned();
        Target::Item { home, name }
    }

    fn above(&self, module: ModuleId) -> Vec<Target> {
        let parent = self.get(module).parent;
        parent.into_iter().map(Target::Module).collect()
    }
}
