//! Tests of [`super`].

use super::with;

const PAGE: &str = "# Page\n\n### One\n\n| 1 |\n\n### Two\n\n| 2 |\n\n### Targets\n\n| 3 |\n";

#[test]
fn a_table_takes_the_place_of_its_old_one() {
    let page = with(PAGE, "\n### One\n\n| 4 |\n", "Monday");
    let one = "### One\n\nMeasured by itself on Monday.\n\n| 4 |\n";
    assert_eq!(page, PAGE.replace("### One\n\n| 1 |\n", one));
    assert_eq!(with(&page, "\n### One\n\n| 4 |\n", "Monday"), page);
}

#[test]
fn a_new_table_stands_before_the_targets() {
    let page = with(PAGE, "\n### New\n\n| 4 |\n", "Monday");
    let new = "### New\n\nMeasured by itself on Monday.\n\n| 4 |\n\n### Targets";
    assert_eq!(page, PAGE.replace("### Targets", new));
}
