//! The paths that code names.
//!
//! Code is read as tokens, not as syntax: a path in an expression, a type, a pattern, an attribute,
//! the arguments of a macro or the body of `macro_rules!` is the same few tokens everywhere.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, ItemUse, LitStr, Path};

use super::import::Import;

/// A path as it is written, or a name alone.
pub(crate) struct Mention {
    pub(crate) path: Vec<String>,
    /// Whether code is made that names what is in it, if it is a module.
    pub(crate) reaches_in: bool,
    pub(crate) line: usize,
}

/// What a piece of code mentions and, inside of functions, imports.
#[derive(Default)]
pub(crate) struct Mentions {
    pub(crate) paths: Vec<Mention>,
    pub(crate) imports: Vec<Import>,
}

impl Mentions {
    /// Reads a piece of code, and what stands in its brackets.
    pub(crate) fn read(&mut self, code: TokenStream) {
        let tokens: Vec<_> = code.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += match token {
                TokenTree::Group(group) => {
                    self.read(group.stream());
                    1
                }
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    self.read_attribute(&tokens[at..]).unwrap_or(1)
                }
                TokenTree::Ident(word) if word == "use" => {
                    self.read_use(&tokens[at..]).unwrap_or(1)
                }
                TokenTree::Ident(word) => self.read_path(word, &tokens, at),
                TokenTree::Punct(_) | TokenTree::Literal(_) => 1,
            };
        }
    }

    /// Reads what stands before an item that is read in another way.
    pub(crate) fn read_attributes(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            self.read(attribute.to_token_stream());
        }
    }

    /// A path, which begins with `first`. Yields how many tokens it is long.
    fn read_path(&mut self, first: &Ident, tokens: &[TokenTree], at: usize) -> usize {
        let mut path = vec![first.unraw().to_string()];
        let mut end = at + 1;
        while is_double_colon(tokens, end)
            && let Some(TokenTree::Ident(segment)) = tokens.get(end + 2)
        {
            path.push(segment.unraw().to_string());
            end += 3;
        }
        // A name alone can be a member's, which comes from nowhere.
        let is_member = is_mark(tokens, at.wrapping_sub(1), '.')
            && !is_mark(tokens, at.wrapping_sub(2), '.')
            || is_double_colon(tokens, at.wrapping_sub(2))
            || is_mark(tokens, end, ':') && !is_double_colon(tokens, end);
        if path.len() > 1 || !is_member {
            let line = first.span().start().line;
            self.paths.push(Mention {
                path,
                reaches_in: false,
                line,
            });
        }
        end - at
    }

    /// A `use` in a function. Its scope is taken to be the module: names seldom mean two things in
    /// one file.
    fn read_use(&mut self, tokens: &[TokenTree]) -> Option<usize> {
        let end = 1 + (0..tokens.len()).find(|at| is_mark(tokens, *at, ';'))?;
        let declaration = tokens[..end].iter().cloned().collect();
        let declaration = syn::parse2::<ItemUse>(declaration).ok()?;
        self.imports.extend(Import::of(&declaration));
        Some(end)
    }

    /// An attribute: beside its code, which is read like all code, it can name paths as text, as in
    /// `#[serde(with = "crate::a")]`. Documentation names them to readers only.
    fn read_attribute(&mut self, tokens: &[TokenTree]) -> Option<usize> {
        let Some(TokenTree::Group(attribute)) = tokens.get(1) else {
            return None;
        };
        let name = attribute.stream().into_iter().next();
        if matches!(name, Some(TokenTree::Ident(name)) if name == "doc") {
            return Some(2);
        }
        self.read_texts(attribute.stream());
        None
    }

    /// A text that is one word is mostly just a word, as in `rename = "file"`. Of a module, only
    /// `with` makes it more.
    fn read_texts(&mut self, attribute: TokenStream) {
        let tokens: Vec<_> = attribute.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            if let TokenTree::Group(group) = token {
                self.read_texts(group.stream());
            } else if let Ok(text) = syn::parse2::<LitStr>(token.clone().into())
                && let Ok(path) = text.parse::<Path>()
            {
                let segments = path.segments.iter();
                self.paths.push(Mention {
                    path: segments.map(|it| it.ident.unraw().to_string()).collect(),
                    reaches_in: path.segments.len() > 1 || is_value_of(&tokens, at, "with"),
                    line: text.span().start().line,
                });
            }
        }
    }
}

/// Is it the value in `key = value`?
fn is_value_of(tokens: &[TokenTree], at: usize, key: &str) -> bool {
    let before = at.checked_sub(2).and_then(|at| tokens.get(at));
    is_mark(tokens, at.wrapping_sub(1), '=')
        && matches!(before, Some(TokenTree::Ident(found)) if found == key)
}

fn is_mark(tokens: &[TokenTree], at: usize, mark: char) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(found)) if found.as_char() == mark)
}

fn is_double_colon(tokens: &[TokenTree], at: usize) -> bool {
    is_mark(tokens, at, ':') && is_mark(tokens, at.wrapping_add(1), ':')
}
