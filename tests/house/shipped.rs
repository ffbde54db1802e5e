//! What is shipped of a file: all but its tests.

use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Block, File, ItemImpl, ItemMod, ItemTrait, Meta, Token};

use super::source::Source;

/// The syntax of a file, without what only its tests see.
pub(crate) fn shipped(source: &Source) -> File {
    let mut file = syntax(source);
    WithoutTests.visit_file_mut(&mut file);
    file
}

/// The syntax of a file, tests included.
pub(crate) fn syntax(source: &Source) -> File {
    syn::parse_file(&source.text).unwrap_or_else(|fault| {
        let line = fault.span().start().line;
        panic!("{}:{line}: not Rust: {fault}", source.path)
    })
}

/// Is it built for tests only, by `#[test]` or by a `#[cfg(…)]` that asks for them?
///
/// Syntax trees share no way to get at attributes, but each of them begins with them.
pub(crate) fn is_for_tests(node: &impl ToTokens) -> bool {
    let attributes = |input: syn::parse::ParseStream<'_>| {
        let attributes = Attribute::parse_outer(input)?;
        // The rest is of no interest, and a parser has to read it all.
        input.parse::<proc_macro2::TokenStream>()?;
        Ok(attributes)
    };
    let attributes = attributes.parse2(node.to_token_stream());
    let attributes = attributes.expect("what was parsed begins with its attributes");
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        path.is_ident("test")
            || path.is_ident("cfg") && attribute.parse_args().is_ok_and(|it| asks_for_tests(&it))
    })
}

/// Does it hold in tests only? `any(test, …)` and `not(test)` hold elsewhere too.
fn asks_for_tests(predicate: &Meta) -> bool {
    let Meta::List(list) = predicate else {
        return predicate.path().is_ident("test");
    };
    let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    let mut parts = parts.iter().flatten();
    match list.path.get_ident() {
        Some(name) if name == "all" => parts.any(asks_for_tests),
        Some(name) if name == "any" => parts.all(asks_for_tests),
        _ => false,
    }
}

/// Takes tests out wherever attributes can mark them.
struct WithoutTests;

impl VisitMut for WithoutTests {
    fn visit_file_mut(&mut self, file: &mut File) {
        file.items.retain(|item| !is_for_tests(item));
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut ItemMod) {
        if let Some((_, items)) = &mut module.content {
            items.retain(|item| !is_for_tests(item));
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_item_impl_mut(&mut self, block: &mut ItemImpl) {
        block.items.retain(|item| !is_for_tests(item));
        visit_mut::visit_item_impl_mut(self, block);
    }

    fn visit_item_trait_mut(&mut self, block: &mut ItemTrait) {
        block.items.retain(|item| !is_for_tests(item));
        visit_mut::visit_item_trait_mut(self, block);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.retain(|statement| !is_for_tests(statement));
        visit_mut::visit_block_mut(self, block);
    }
}
