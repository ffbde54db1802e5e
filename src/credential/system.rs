//! What all credential systems have in common.

use std::borrow::Cow;
use std::fmt;

use super::bearer::BearerToken;
use super::principal::{Service, User};
use crate::denial::Denial;
use crate::jose::{KeySets, Memory};
use crate::platform::Stores;
use crate::request::Request;
use crate::step::Step;
use crate::time::UnixTime;

/// A credential system, as one route accepts it.
pub trait System {
    /// Which half of a principal its credentials prove.
    fn half(&self) -> Half;

    /// What the request offers in this system's own place. No other place is looked at.
    ///
    /// # Errors
    /// The denial of a request whose place cannot be read.
    fn find<'r>(&self, request: &'r Request) -> Result<Found<'r>, Denial>;

    /// Verifies what was found. The verdict is final: nothing falls through to another system.
    fn verify<'r>(&self, offer: Offer<'r>, means: &mut Means<'_>) -> Verdict<'r>;

    /// The steps that verification takes, in their order.
    fn steps(&self) -> &'static [&'static Step];
}

/// A half of a principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// The service that calls.
    Service,
    /// The user for whom it calls.
    User,
}

/// What stands in a system's place.
#[derive(Debug)]
pub enum Found<'r> {
    /// Nothing.
    Nothing,
    /// Something that is not of this system: what logs call it.
    Foreign(&'static str),
    /// A credential.
    Offer(Offer<'r>),
}

/// A credential as it was offered. It cannot be printed.
#[derive(Clone, Copy)]
pub struct Offer<'r>(pub &'r str);

impl fmt::Debug for Offer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Offer(…)")
    }
}

/// What verification needs of the world.
pub struct Means<'m> {
    /// The time.
    pub now: UnixTime,
    /// The published keys in force.
    pub keys: &'m KeySets,
    /// The tokens seen before.
    pub memory: &'m mut Memory,
    /// Where secrets are.
    pub stores: &'m mut dyn Stores,
}

/// What came of verification.
pub struct Verdict<'r> {
    /// The kind of credential, as the policy and logs call it.
    pub kind: Cow<'static, str>,
    /// Whom it proves, or why it is not believed.
    pub outcome: Result<Proof<'r>, Denial>,
}

/// Whom a credential proves.
pub enum Proof<'r> {
    /// A service.
    Service(Service),
    /// A user, and the token that the origin verifies again.
    User(User, BearerToken<'r>),
}
