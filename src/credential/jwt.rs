//! JSON Web Tokens, borne in `Authorization`: verified offline, under a profile of the route.

pub mod refusal;

use std::borrow::Cow;

use azat_policy::{Accepts, Passage, Policy, Profile};

use self::refusal::{KEYS_MISSING, SECRET_BROKEN};
use super::bearer::{self, BearerToken};
use super::principal::User;
use super::system::{Found, Half, Means, Offer, Proof, System, Verdict};
use crate::denial::Denial;
use crate::jose::{Compact, Keys, SymmetricKey, TokenFault};
use crate::platform::Stores;
use crate::request::Request;
use crate::step::Step;

/// The profiles that a route accepts. By its algorithm or else by its issuer, a token shows which
/// of them it belongs to: the policy's check sees to that.
struct Jwt<'p> {
    profiles: Vec<(&'p str, &'p Profile)>,
}

/// The system, for the first profile that a route accepts: one system serves all of them.
pub(super) fn of<'p>(
    name: &'p str,
    accepts: &'p Accepts,
    policy: &'p Policy,
) -> Option<Box<dyn System + 'p>> {
    let jwt = Jwt::among(&accepts.names, policy);
    let (first, _) = jwt.profiles.first()?;
    (*first == name).then(|| Box::new(jwt) as Box<dyn System>)
}

impl<'p> Jwt<'p> {
    /// The profiles that these names stand for; names of other tables are passed over.
    fn among(names: &'p [String], policy: &'p Policy) -> Self {
        let profile = |name: &'p String| Some((name.as_str(), policy.profiles.get(name)?));
        Self {
            profiles: names.iter().filter_map(profile).collect(),
        }
    }

    /// The profile that a token is to be held to: where there are several, the token must be
    /// readable to show which it belongs to.
    fn profile_of(
        &self,
        parsed: &Result<Compact<'_>, TokenFault>,
    ) -> Result<(&'p str, &'p Profile), Denial> {
        if let [only] = self.profiles.as_slice() {
            return Ok(*only);
        }
        let token = parsed.as_ref().map_err(|fault| *fault)?;
        let none = |fault: TokenFault| Denial::from(fault).at(&refusal::PROFILE);
        let profiles = self.profiles.iter().copied();
        let of_algorithm: Vec<_> = profiles
            .filter(|(_, profile)| token.names_algorithm_of(profile))
            .collect();
        match of_algorithm.as_slice() {
            [] => Err(none(TokenFault::AlgorithmRefused)),
            [only] => Ok(*only),
            several => (several.iter().copied())
                .find(|(_, profile)| token.names_issuer_of(profile))
                .ok_or_else(|| none(TokenFault::IssuerRefused)),
        }
    }
}

impl System for Jwt<'_> {
    fn half(&self) -> Half {
        Half::User
    }

    fn find<'r>(&self, request: &'r Request) -> Result<Found<'r>, Denial> {
        Ok(match bearer::find(&request.headers)? {
            None => Found::Nothing,
            Some(bearer) if bearer.kind() == Passage::Jwt => Found::Offer(Offer(bearer.token())),
            Some(bearer) => Found::Foreign(bearer.kind().as_str()),
        })
    }

    fn verify<'r>(&self, Offer(token): Offer<'r>, means: &mut Means<'_>) -> Verdict<'r> {
        let parsed = Compact::parse(token);
        let profile = self.profile_of(&parsed);
        let kind = match &profile {
            Ok((name, _)) => Cow::Owned((*name).to_owned()),
            Err(_) => Cow::Borrowed(Passage::Jwt.as_str()),
        };
        let outcome = profile
            .and_then(|(name, profile)| user(parsed?, name, profile, means))
            .map(|user| Proof::User(user, BearerToken::new(token)));
        Verdict { kind, outcome }
    }

    fn steps(&self) -> &'static [&'static Step] {
        match self.profiles.len() {
            1 => &refusal::STEPS,
            _ => &refusal::STEPS_AMONG_SEVERAL,
        }
    }
}

/// The user whom a token proves under the profile of that name.
fn user(
    compact: Compact<'_>,
    name: &str,
    profile: &Profile,
    means: &mut Means<'_>,
) -> Result<User, Denial> {
    let shared_key = shared_key(profile, means.stores)?;
    let keys = match &shared_key {
        Some(key) => Keys::Symmetric(key),
        None => (means.keys.get(name))
            .filter(|set| set.serves(profile.algorithm))
            .map(Keys::Published)
            .ok_or(&KEYS_MISSING)?,
    };
    let authentic = means.memory.authenticate(compact, profile, keys)?;
    Ok(User::new(name, authentic.verify(profile, means.now)?))
}

/// The key that a profile shares with its issuer, if it is one of those that do.
fn shared_key(profile: &Profile, stores: &mut dyn Stores) -> Result<Option<SymmetricKey>, Denial> {
    let Some(name) = &profile.secret else {
        return Ok(None);
    };
    let entry = stores.secret(name).ok_or(&KEYS_MISSING)?;
    match SymmetricKey::from_base64(profile.algorithm, &entry) {
        Ok(key) => Ok(Some(key)),
        Err(expected) => {
            Err(Denial::from(&SECRET_BROKEN).because(format!("secret {name}: {expected}")))
        }
    }
}

#[cfg(test)]
mod tests;
