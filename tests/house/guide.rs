//! The contributor's page: the credential system that it shows is the one in the code, whole.

use crate::finding::Finding;
use crate::source::Source;

/// Where the page is.
pub(crate) const PAGE: &str = "docs/contributing.md";

/// What the lines of the system that is shown have in common.
const NAMES: [&str; 4] = [
    "fixed_header",
    "fixed-header",
    "FixedHeader",
    "fixed_headers",
];

/// A fenced block of the page that is an excerpt of a file.
struct Excerpt<'p> {
    /// The file.
    path: &'p str,
    text: String,
    /// Where the block is on the page.
    line: usize,
}

/// Excerpts that their file does not hold, and lines of the system that no excerpt shows.
pub(crate) fn findings(page: &str, sources: &[Source]) -> Vec<Finding> {
    let excerpts = excerpts(page);
    let outdated = (excerpts.iter())
        .filter(|excerpt| !is_in(excerpt, sources))
        .map(|excerpt| {
            let told = format!("{} does not say this. Copy it anew.", excerpt.path);
            Finding::new(PAGE, excerpt.line, told)
        });
    let shipped = (sources.iter()).filter(|source| {
        let is_test = source.path.ends_with("/tests.rs") || source.path.ends_with("testing.rs");
        let is_of_product = source.path.starts_with("src/") || source.path.starts_with("policy/");
        is_of_product && !is_test
    });
    let unshown = shipped.flat_map(|source| {
        let lines = (1..).zip(source.text.lines());
        let is_shown = |line: &str| {
            let mut excerpts = excerpts.iter().filter(|own| own.path == source.path);
            excerpts.any(|excerpt| excerpt.text.lines().any(|own| own == line))
        };
        lines
            .filter(|(_, line)| NAMES.iter().any(|name| line.contains(name)))
            .filter(move |(_, line)| !is_shown(line))
            .map(|(number, _)| {
                let told = format!("{PAGE} says that it shows every such line. Add this one.");
                Finding::new(&source.path, number, told)
            })
            .collect::<Vec<_>>()
    });
    outdated.chain(unshown).collect()
}

/// The blocks that open with a language and a path.
fn excerpts(page: &str) -> Vec<Excerpt<'_>> {
    let mut excerpts = Vec::new();
    let mut lines = (1..).zip(page.lines());
    while let Some((line, opening)) = lines.next() {
        let Some(information) = opening.strip_prefix("```") else {
            continue;
        };
        let body = lines.by_ref().map(|(_, text)| text);
        let text: Vec<&str> = body.take_while(|text| *text != "```").collect();
        if let Some((_, path)) = information.split_once(' ') {
            let text = text.join("\n") + "\n";
            excerpts.push(Excerpt { path, text, line });
        }
    }
    excerpts
}

fn is_in(excerpt: &Excerpt<'_>, sources: &[Source]) -> bool {
    let mut named = sources.iter().filter(|source| source.path == excerpt.path);
    named.any(|source| source.text.contains(&excerpt.text))
}
