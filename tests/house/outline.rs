//! What a file says of modules, and which ways around the checks it takes.
//!
//! It is read as tokens, so that the arguments and bodies of macros are searched too.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;

use super::source::Source;

const PATH: &str = "`#[path]` gives a module a file that its place does not tell. Put the file \
                    where the module belongs.";
const INCLUDE: &str = "`include!` brings in code that no check reads. Make it a module, or, if it \
                       is not code, use `include_str!`.";
const EXTERN_CRATE: &str = "`extern crate` gives a crate a name that the checks do not know. Take \
                            from it by `use`.";
const MACRO_ATTRIBUTE: &str = "the macro can be used where nothing tells where it is from. Hand \
                               it on by `pub(crate) use`, and import it.";
const MACRO_ABOVE: &str = "the macro further up can be used in this module, and nothing there \
                           would tell. Move `mod` above it.";
const MOD_INSIDE: &str = "a module in a function or a macro has paths that the checks cannot \
                          trace. Move it out.";

/// One file, read.
#[derive(Default)]
pub(crate) struct Outline {
    /// The modules declared in it that have their own files: where these are, without the ending.
    pub(crate) children: Vec<String>,
    /// Where a way around is taken, and what to do instead.
    pub(crate) ways_around: Vec<(usize, &'static str)>,
    /// A macro is in scope from its definition on, and in the modules below it.
    has_macro: bool,
}

impl Outline {
    /// Reads a file whose children are in `folder`.
    pub(crate) fn of(source: &Source, folder: &str) -> Self {
        let mut outline = Self::default();
        let code = source.text.parse().expect("a source file is Rust");
        outline.read(code, Some(folder));
        outline
    }

    /// Reads what stands in a module, whose children are in `folder`, or in anything else.
    fn read(&mut self, code: TokenStream, folder: Option<&str>) {
        let tokens: Vec<_> = code.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let [token, after @ ..] = rest {
            rest = after;
            match token {
                TokenTree::Group(group) => self.read(group.stream(), None),
                TokenTree::Ident(word) if word == "mod" => {
                    rest = self.read_module(token, after, folder);
                }
                TokenTree::Ident(word) if word == "macro_rules" => {
                    self.has_macro |= folder.is_some();
                }
                _ => {
                    if let Some(told) = way_around(token, after) {
                        self.note(token, told);
                    }
                }
            }
        }
    }

    /// What follows `mod`, up to where to read on.
    fn read_module<'t>(
        &mut self,
        token: &TokenTree,
        after: &'t [TokenTree],
        folder: Option<&str>,
    ) -> &'t [TokenTree] {
        let (Some(folder), [TokenTree::Ident(name), end, further @ ..]) = (folder, after) else {
            self.note(token, MOD_INSIDE);
            return after;
        };
        let below = format!("{folder}/{}", name.unraw());
        if let TokenTree::Group(body) = end {
            self.read(body.stream(), Some(&below));
            return further;
        }
        // Tests draw no arrows, and stand at the end of their file.
        if self.has_macro && name != "tests" {
            self.note(token, MACRO_ABOVE);
        }
        self.children.push(below);
        further
    }

    fn note(&mut self, token: &TokenTree, told: &'static str) {
        self.ways_around.push((token.span().start().line, told));
    }
}

/// The way around that begins with a token.
fn way_around(token: &TokenTree, after: &[TokenTree]) -> Option<&'static str> {
    match (token, after) {
        (TokenTree::Ident(word), [TokenTree::Punct(mark), ..])
            if word == "include" && mark.as_char() == '!' =>
        {
            Some(INCLUDE)
        }
        (TokenTree::Ident(word), [TokenTree::Ident(next), ..])
            if word == "extern" && next == "crate" =>
        {
            Some(EXTERN_CRATE)
        }
        (TokenTree::Ident(word), _) if word == "macro_use" || word == "macro_export" => {
            Some(MACRO_ATTRIBUTE)
        }
        // `#[…]`, and `#![…]` in a module.
        (
            TokenTree::Punct(mark),
            [TokenTree::Group(attribute), ..]
            | [TokenTree::Punct(_), TokenTree::Group(attribute), ..],
        ) if mark.as_char() == '#' && gives_path(attribute.stream()) => Some(PATH),
        _ => None,
    }
}

/// Is it `path = "…"`, or does it become that, by `cfg_attr`?
fn gives_path(attribute: TokenStream) -> bool {
    let tokens: Vec<_> = attribute.into_iter().collect();
    tokens.windows(2).any(|pair| match pair {
        [TokenTree::Ident(name), TokenTree::Punct(mark)] => name == "path" && mark.as_char() == '=',
        [TokenTree::Ident(name), TokenTree::Group(inner)] => {
            name == "cfg_attr" && gives_path(inner.stream())
        }
        _ => false,
    })
}
