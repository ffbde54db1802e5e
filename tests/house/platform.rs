//! The core knows nothing of the platform: only the program names its SDK.

use proc_macro2::{TokenStream, TokenTree};

use super::finding::Finding;
use super::source::Source;

/// The crate of the platform's SDK.
const SDK: &str = "fastly";

/// The core and the program.
const FOLDER: &str = "src/";

/// The program, which connects the core to the platform.
const PROGRAM: [&str; 3] = ["src/main.rs", "src/compute.rs", "src/compute/"];

/// Tests of the core must do without the SDK too: they run natively.
pub(crate) fn findings(sources: &[Source]) -> Vec<Finding> {
    let core = sources.iter().filter(|source| {
        let is_program = PROGRAM.iter().any(|part| source.path.starts_with(part));
        source.path.starts_with(FOLDER) && !is_program
    });
    core.flat_map(|source| {
        let mut lines = Vec::new();
        let code = source.text.parse().expect("a source file is Rust");
        find_sdk(code, &mut lines);
        lines.into_iter().map(|line| {
            let told = format!(
                "the core names the crate {SDK}. Ask for what it needs in the trait Platform, and \
                 do it in src/compute/."
            );
            Finding::new(&source.path, line, told)
        })
    })
    .collect()
}

/// Any mention counts, in macros and tests too; comments and texts do not.
fn find_sdk(code: TokenStream, lines: &mut Vec<usize>) {
    for token in code {
        match token {
            TokenTree::Group(group) => find_sdk(group.stream(), lines),
            TokenTree::Ident(name) if name == SDK => lines.push(name.span().start().line),
            _ => {}
        }
    }
}
