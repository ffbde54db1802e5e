//! The page on trouble: the tests that it names are there.

use crate::finding::Finding;
use crate::source::Source;

/// Where the page is.
const PAGE: &str = "docs/trouble.md";

/// Tests that the page names, as `file::test` of `tests/edge/`, and that are not there.
pub(crate) fn findings(page: &str, sources: &[Source]) -> Vec<Finding> {
    let lines = (1..).zip(page.lines());
    let named = lines.flat_map(|(number, line)| {
        let quoted = line.split('`').skip(1).step_by(2);
        quoted.filter_map(move |name| Some((number, name.split_once("::")?)))
    });
    named
        .filter(|(_, (file, test))| {
            let path = format!("tests/edge/{file}.rs");
            let source = sources.iter().find(|source| source.path == path);
            let function = format!("fn {test}()");
            !source.is_some_and(|source| source.text.contains(&function))
        })
        .map(|(number, (file, test))| {
            let told = format!("tests/edge/{file}.rs has no test {test}. Name the one that it is.");
            Finding::new(PAGE, number, told)
        })
        .collect()
}
