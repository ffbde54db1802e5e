//! Tests of [`super`].

use super::at_hash;

#[test]
fn the_hash_is_that_of_the_standards_example() {
    // OpenID Connect Core, A.3: the access token of an `id_token token` response.
    let token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y".to_owned();
    assert_eq!(
        at_hash(&token.try_into().unwrap()),
        "77QmUPtjPfzWtF2AnpK9RQ"
    );
}
