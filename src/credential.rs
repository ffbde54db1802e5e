//! Credentials: what a request offers to prove who makes it. One file per system.
//!
//! A route accepts some systems, and each looks only at its own place. What it finds there is
//! verified, and a bad credential is final: nothing falls through to another system.

pub mod acceptance;
pub mod bearer;
#[cfg(test)]
mod fixed_header;
pub mod jwt;
pub mod place;
mod principal;
mod system;
pub mod url;

pub use bearer::BearerToken;
pub use principal::{Principal, Service, User};
pub use system::{Found, Half, Means, Offer, Proof, System, Verdict};

use std::borrow::Cow;

use azat_policy::{Accepts, Combine, Passage, Policy, UNKNOWN_SYSTEM};

use crate::denial::{Denial, Ground};
use crate::request::Request;
use crate::step::Step;

/// What is known of a request once its credentials have been looked at.
pub struct Identification<T> {
    /// What logs call its credential system: a kind of credential, or of request.
    pub system: Cow<'static, str>,
    /// The steps that verification takes there; none where none is known.
    pub steps: Vec<&'static Step>,
    /// Who makes it, or why it is denied.
    pub outcome: Result<T, Denial>,
}

/// Who makes a request.
pub struct Identity<'r> {
    /// The service and the user whom its credentials prove.
    pub principal: Principal,
    /// The user's token, which the origin verifies again.
    pub token: Option<BearerToken<'r>>,
}

/// Finds and verifies what a request offers to a route that decides itself.
pub fn identify<'r>(
    request: &'r Request,
    policy: &Policy,
    accepts: &Accepts,
    means: &mut Means<'_>,
) -> Identification<Identity<'r>> {
    match find(request, systems(policy, accepts), accepts.combine) {
        Ok(offers) => match offers.lacking() {
            None => verify(offers, means),
            Some((kind, ground)) => Identification {
                system: kind.into(),
                steps: Vec::new(),
                outcome: Err(Denial::from(ground)),
            },
        },
        Err(denial) => Identification::unknown(denial),
    }
}

/// Whether a request is one of those that a route hands to the origin unverified.
pub fn pass(request: &Request, passes: &[Passage]) -> Identification<()> {
    let kind = url::check(&request.url)
        .and_then(|()| bearer::find(&request.headers))
        .map(|bearer| bearer.map_or(Passage::Anonymous, BearerToken::kind));
    match kind {
        Ok(kind) => Identification {
            system: kind.as_str().into(),
            steps: Vec::new(),
            outcome: match kind {
                kind if passes.contains(&kind) => Ok(()),
                Passage::Anonymous => Err(Denial::from(&acceptance::MISSING)),
                Passage::Google | Passage::Jwt => Err(Denial::from(&acceptance::NOT_ACCEPTED)),
            },
        },
        Err(denial) => Identification::unknown(denial),
    }
}

/// What makes a system from the policy's table of that name, given all that a route accepts. `None`
/// for the name of another system's table.
type Maker = for<'p> fn(&'p str, &'p Accepts, &'p Policy) -> Option<Box<dyn System + 'p>>;

/// The systems. A new one has its line here.
const SYSTEMS: &[Maker] = &[
    jwt::of,
    #[cfg(test)]
    fixed_header::of,
];

/// The systems that a route accepts, in its order.
fn systems<'p>(
    policy: &'p Policy,
    accepts: &'p Accepts,
) -> impl Iterator<Item = Box<dyn System + 'p>> {
    let system = |name: &'p String| SYSTEMS.iter().find_map(|of| of(name, accepts, policy));
    accepts.names.iter().filter_map(system)
}

/// What a request offers.
struct Offers<'p, 'r> {
    /// The credentials, and the system of each.
    found: Vec<(Box<dyn System + 'p>, Offer<'r>)>,
    /// What stands in a place, but belongs to no system that is accepted: what logs call it, and
    /// the half that it would prove.
    foreign: Option<(&'static str, Half)>,
}

impl Offers<'_, '_> {
    /// What logs call a request that does not offer enough to be verified, and why it is denied.
    fn lacking(&self) -> Option<(&'static str, &'static Ground)> {
        let is_offered = |half| self.found.iter().any(|(system, _)| system.half() == half);
        match self.foreign {
            Some((kind, half)) if !is_offered(half) => Some((kind, &acceptance::NOT_ACCEPTED)),
            _ if self.found.is_empty() => Some((Passage::Anonymous.as_str(), &acceptance::MISSING)),
            _ => None,
        }
    }
}

fn find<'p, 'r>(
    request: &'r Request,
    systems: impl Iterator<Item = Box<dyn System + 'p>>,
    combine: Combine,
) -> Result<Offers<'p, 'r>, Denial> {
    url::check(&request.url)?;
    let mut offers = Offers {
        found: Vec::new(),
        foreign: None,
    };
    for system in systems {
        match system.find(request)? {
            Found::Nothing => {}
            Found::Foreign(kind) => {
                offers.foreign = offers.foreign.or(Some((kind, system.half())));
            }
            Found::Offer(offer) => {
                let mut others = offers.found.iter();
                if others.any(|(other, _)| other.half() == system.half()) {
                    return Err(Denial::from(&place::SEVERAL));
                }
                offers.found.push((system, offer));
                if combine == Combine::First {
                    // What stands elsewhere does not count.
                    offers.foreign = None;
                    break;
                }
            }
        }
    }
    Ok(offers)
}

fn verify<'r>(offers: Offers<'_, 'r>, means: &mut Means<'_>) -> Identification<Identity<'r>> {
    let mut kinds = Cow::Borrowed("");
    let mut steps = Vec::new();
    let mut identity = Ok(Identity {
        principal: Principal::unknown(),
        token: None,
    });
    for (system, offer) in offers.found {
        let Verdict { kind, outcome } = system.verify(offer, means);
        if !kinds.is_empty() {
            kinds += "+";
        }
        kinds += kind;
        steps.extend(system.steps());
        identity = identity.and_then(|identity| Ok(identity.proved(outcome?)));
        if identity.is_err() {
            break;
        }
    }
    Identification {
        system: kinds,
        steps,
        outcome: identity,
    }
}

impl<'r> Identity<'r> {
    /// The same identity, with this proved as well.
    fn proved(self, proof: Proof<'r>) -> Self {
        match proof {
            Proof::Service(service) => Self {
                principal: self.principal.with_service(service),
                ..self
            },
            Proof::User(user, token) => Self {
                principal: self.principal.with_user(user),
                token: Some(token),
            },
        }
    }
}

impl<T> Identification<T> {
    /// A request that is denied before its system is known.
    fn unknown(denial: Denial) -> Self {
        Self {
            system: UNKNOWN_SYSTEM.into(),
            steps: Vec::new(),
            outcome: Err(denial),
        }
    }
}

#[cfg(test)]
mod tests;
