//! Tests of [`super`].

use super::{REFUSED, open};
use crate::denial::Denial;
use crate::testing::{claims, principal};

#[test]
fn a_user_needs_no_service() {
    let principal = principal(&claims());
    assert_eq!(open(&principal, &[]).err(), None);
    assert_eq!(open(&principal, &["builder".to_owned()]).err(), None);
}

#[test]
fn a_service_passes_where_the_route_names_it() {
    let principal = crate::testing::service("builder");
    let outcome = |services: &[&str]| {
        let services: Vec<String> = services.iter().map(|&name| name.to_owned()).collect();
        open(&principal, &services).err()
    };
    assert_eq!(outcome(&["other", "builder"]), None);
    let refused = Some(Denial::from(&REFUSED));
    assert_eq!(outcome(&[]), refused);
    assert_eq!(outcome(&["other"]), refused);
}
