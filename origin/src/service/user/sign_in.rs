//! How often strangers at one address sign in.

use std::time::Duration;

use crate::service::rate::Act;

/// Has the identity provider asked: enough for a class that begins together.
pub(super) static SIGN_IN: Act = Act {
    name: "sign_in",
    burst: 30,
    every: Duration::from_secs(2),
};
