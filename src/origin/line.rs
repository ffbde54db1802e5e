//! The line to the origin, as one request finds it: is it worth asking?

use super::finding::Kept;
use super::outage::Outage;
use super::requester::Requester;
use super::trouble::Trouble;
use crate::contract::Entitlement;
use crate::platform::{CacheKey, Platform};

/// For how long the origin's word against a token is remembered, in seconds.
const REFUSED_SECONDS: u64 = 5;

/// The line to the origin, for one request. It is looked at once, and only where the origin would
/// be asked.
pub(super) struct Line<'r, P: Platform> {
    pub(super) requester: &'r Requester<'r>,
    seen: Option<Seen<P::Lead>>,
}

struct Seen<L> {
    /// What the origin has said against this very token, a moment ago.
    refused: Option<Trouble>,
    outage: Option<Outage>,
    tries_again: Turn<L>,
}

/// Whether this request is the one that tries again during an outage.
enum Turn<L> {
    Unknown,
    Ours(Option<L>),
    Others,
}

/// What to do instead of asking, or to ask.
pub(super) enum Way {
    /// Ask.
    Open,
    /// Use the spare copy at once.
    Spare,
    /// Ask nothing: the origin has refused the token.
    Refused(Trouble),
}

impl<'r, P: Platform> Line<'r, P> {
    pub(super) fn of(requester: &'r Requester<'r>) -> Self {
        Self {
            requester,
            seen: None,
        }
    }

    /// Whether to ask for a document of which there is a spare copy that is of use, or none.
    pub(super) fn way(&mut self, platform: &mut P, has_spare: bool) -> Way {
        let user = self.requester.user;
        let seen = self.look(platform);
        if let Some(trouble) = seen.refused {
            return Way::Refused(trouble);
        }
        let is_concerned = (seen.outage.as_ref()).is_some_and(|outage| outage.concerns(user));
        if !(is_concerned && has_spare) {
            return Way::Open;
        }
        if matches!(seen.tries_again, Turn::Unknown) {
            seen.tries_again = match Outage::contend(platform) {
                Some(lead) => Turn::Ours(Some(lead)),
                None => Turn::Others,
            };
        }
        match seen.tries_again {
            Turn::Ours(_) => Way::Open,
            Turn::Unknown | Turn::Others => Way::Spare,
        }
    }

    /// The origin has answered.
    pub(super) fn answered(&mut self, platform: &mut P) {
        let seen = self.look(platform);
        if seen.outage.take().is_some() {
            let lead = seen.tries_again.lead();
            Outage::over(platform, lead);
        }
    }

    /// The origin could not be reached, or has not answered in time.
    pub(super) fn failed(&mut self, platform: &mut P) {
        let requester = self.requester;
        let lead = self.look(platform).tries_again.lead();
        Outage::note(platform, lead, requester.user, requester.policy.patience);
    }

    /// The origin has refused the token. That is remembered under the token's own hash, and nobody
    /// else waits for it. If it has taken the token back, what is kept of the user's rights is
    /// outdated, too: trouble must not bring a revoked token back.
    pub(super) fn refused(&mut self, platform: &mut P, trouble: Trouble) {
        if trouble != Trouble::TokenRefused {
            let period = self.requester.policy.freshness.entitlement;
            let outdated = Kept::<Entitlement>::outdated(period, platform.now());
            platform.keep(&self.requester.user.cache_key(), outdated.copy());
        }
        let refusal = Kept::<Entitlement>::trouble(trouble, platform.now(), REFUSED_SECONDS);
        platform.keep(&self.refused_key(), refusal.answer());
    }

    fn look(&mut self, platform: &mut P) -> &mut Seen<P::Lead> {
        let key = self.refused_key();
        self.seen.get_or_insert_with(|| Seen {
            refused: (platform.recall(&key))
                .and_then(|content| Kept::<Entitlement>::read(&content))
                .filter(|refusal| refusal.is_fresh(platform.now()))
                .and_then(|refusal| refusal.as_trouble()),
            outage: Outage::noted(platform),
            tries_again: Turn::Unknown,
        })
    }

    fn refused_key(&self) -> CacheKey {
        self.requester.key_of_token("refused token", "")
    }
}

impl<L> Turn<L> {
    fn lead(&mut self) -> Option<L> {
        match self {
            Self::Ours(lead) => lead.take(),
            Self::Unknown | Self::Others => None,
        }
    }
}
