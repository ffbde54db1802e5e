//! Tests of [`super`].

use serde_json::json;

use super::{TOKEN_REVOKED, open};
use crate::denial::Denial;
use crate::provenance::{Known, Provenance};
use crate::testing::{NOW, claims, entitlement, principal};
use crate::time::UnixTime;

#[test]
fn a_revoked_token_is_out() {
    let outcome = |window, not_before, counter: Option<u64>| {
        let mut entitlement = entitlement(&["open"]);
        entitlement.jti_window = window;
        entitlement.not_before = not_before;
        let mut claims = claims();
        if let Some(counter) = counter {
            claims["jti"] = json!(counter.to_string());
        }
        let principal = principal(&claims);
        let outcomes = [Provenance::Origin, Provenance::Cache, Provenance::Spare].map(|from| {
            let known = Known {
                document: entitlement.clone(),
                from,
            };
            open(principal.user().unwrap(), &known).map(|_| ())
        });
        let [outcome, ..] = outcomes.clone();
        assert_eq!(
            outcomes,
            [(); 3].map(|()| outcome.clone()),
            "whatever it came from"
        );
        outcome
    };
    let revoked = Err(Denial::from(&TOKEN_REVOKED));
    let always = UnixTime::from_seconds(0);
    assert_eq!(outcome((0, 4), always, Some(3)), Ok(()));
    assert_eq!(outcome((3, 4), NOW, Some(3)), Ok(()));
    // Minted since the entitlement was written.
    assert_eq!(outcome((0, 3), always, Some(3)), Ok(()));
    assert_eq!(outcome((4, 4), always, Some(3)), revoked);
    assert_eq!(outcome((0, 4), NOW.plus(1), Some(3)), revoked);
    // A token without a counter is good until something has been revoked.
    assert_eq!(outcome((0, 4), always, None), Ok(()));
    assert_eq!(outcome((1, 4), always, None), revoked);
}
