//! The modules of some crates: what each defines, imports and mentions.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Ident, Item};

use super::import::Import;
use super::mention::{Mention, Mentions};
use super::plan::Crate;
use super::shipped::shipped;
use super::source::Source;

/// The place of a module among all.
pub(crate) type ModuleId = usize;

/// One module, a file's or one that stands in a file.
pub(crate) struct Module<'a> {
    pub(crate) file: &'a str,
    /// The crate's root has none.
    pub(crate) parent: Option<ModuleId>,
    pub(crate) root: ModuleId,
    /// A type and a function, or a module and a function, can bear the same name.
    pub(crate) defined: BTreeMap<String, Vec<Defined>>,
    pub(crate) imports: Vec<Import>,
    pub(crate) mentions: Vec<Mention>,
}

/// What a name is defined as.
pub(crate) enum Defined {
    Item,
    Module(ModuleId),
}

/// All modules, found as the compiler finds them: from the roots, along `mod`.
pub(crate) struct Modules<'a> {
    sources: BTreeMap<&'a str, &'a Source>,
    all: Vec<Module<'a>>,
    roots: BTreeMap<&'static str, ModuleId>,
}

impl<'a> Modules<'a> {
    /// Reads the crates, without their tests.
    pub(crate) fn of(crates: &[Crate], sources: &'a [Source]) -> Self {
        let by_path = sources.iter().map(|source| (source.path.as_str(), source));
        let mut modules = Self {
            sources: by_path.collect(),
            all: Vec::new(),
            roots: BTreeMap::new(),
        };
        for (name, root) in crates {
            let source = modules.sources.get(root);
            let source = source.unwrap_or_else(|| panic!("{root}: no such file; see the plan"));
            let (folder, _) = root.rsplit_once('/').unwrap_or_default();
            let id = modules.add_file(source, folder, None);
            modules.roots.insert(name, id);
        }
        modules
    }

    /// Every module with its id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (ModuleId, &Module<'a>)> {
        self.all.iter().enumerate()
    }

    pub(crate) fn get(&self, id: ModuleId) -> &Module<'a> {
        &self.all[id]
    }

    /// The root module of a crate, by the name that the crate has in paths.
    pub(crate) fn root(&self, name: &str) -> Option<ModuleId> {
        self.roots.get(name).copied()
    }

    /// Adds a file's module and all below it. The files of its children are in `folder`.
    fn add_file(&mut self, source: &'a Source, folder: &str, parent: Option<ModuleId>) -> ModuleId {
        let id = self.add(&source.path, parent);
        self.fill(id, shipped(source).items, folder);
        id
    }

    fn add(&mut self, file: &'a str, parent: Option<ModuleId>) -> ModuleId {
        let id = self.all.len();
        self.all.push(Module {
            file,
            parent,
            root: parent.map_or(id, |parent| self.all[parent].root),
            defined: BTreeMap::new(),
            imports: Vec::new(),
            mentions: Vec::new(),
        });
        id
    }

    fn fill(&mut self, id: ModuleId, items: Vec<Item>, folder: &str) {
        let mut mentions = Mentions::default();
        for item in items {
            match item {
                Item::Mod(module) => {
                    mentions.read_attributes(&module.attrs);
                    let name = module.ident.unraw().to_string();
                    let child = match module.content {
                        Some((_, items)) => {
                            let child = self.add(self.all[id].file, Some(id));
                            self.fill(child, items, &format!("{folder}/{name}"));
                            child
                        }
                        None => self.add_child(id, &module.ident, folder),
                    };
                    self.define(id, name, Defined::Module(child));
                }
                Item::Use(declaration) => {
                    mentions.read_attributes(&declaration.attrs);
                    mentions.imports.extend(Import::of(&declaration));
                }
                item => {
                    if let Some(name) = name_of(&item) {
                        self.define(id, name.unraw().to_string(), Defined::Item);
                    }
                    mentions.read(item.to_token_stream());
                }
            }
        }
        self.all[id].imports = mentions.imports;
        self.all[id].mentions = mentions.paths;
    }

    /// Adds a child that is a file: `name.rs`, or `mod.rs` in a folder of that name.
    fn add_child(&mut self, parent: ModuleId, name: &Ident, folder: &str) -> ModuleId {
        let below = format!("{folder}/{}", name.unraw());
        let beside = self.sources.get(format!("{below}.rs").as_str());
        let inside = self.sources.get(format!("{below}/mod.rs").as_str());
        let source = beside.or(inside).unwrap_or_else(|| {
            let line = name.span().start().line;
            let file = self.all[parent].file;
            panic!("{file}:{line}: module {name} has no file: expected {below}.rs")
        });
        self.add_file(source, &below, Some(parent))
    }

    fn define(&mut self, id: ModuleId, name: String, as_what: Defined) {
        self.all[id].defined.entry(name).or_default().push(as_what);
    }
}

/// The name under which others can import an item.
fn name_of(item: &Item) -> Option<&Ident> {
    Some(match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    })
}
