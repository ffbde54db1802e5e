//! Tests of [`super`].

use super::*;

#[test]
fn numbers_have_three_digits_that_say_something() {
    let told = [1_234.5, 123.4, 12.34, 1.234].map(significant);
    assert_eq!(told, ["1,235", "123", "12.3", "1.23"]);
}

#[test]
fn markdown_has_a_line_below_the_names() {
    let rows = [["one".to_owned(), "1".to_owned()]].into_iter();
    let text = Section::new("Numbers", ["name", "number"], rows).markdown();
    let expected = "\n### Numbers\n\n| name | number |\n|---|---:|\n| one | 1 |\n";
    assert_eq!(text, expected);
    let nothing = Section::new("Nothing", ["name"], std::iter::empty());
    assert_eq!(nothing.markdown(), "");
}
