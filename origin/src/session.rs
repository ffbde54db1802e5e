//! A session: what the identity provider has given us for a user.

use azat_edge::time::UnixTime;
use serde::{Deserialize, Serialize};

use crate::access_token::AccessToken;
use crate::secret::Secret;

/// An access token with this much time left, in seconds, is renewed before it is given out.
const LONGEST_MARGIN: u64 = 60;
/// Of a short lifetime, the margin takes at most this part: a token must not be due when it is new.
const MARGIN_PART: u64 = 2;
/// After a refresh that a refused token caused: for how long the next refused token causes none, in
/// seconds.
const PATIENCE: u64 = 60;

/// A user's session, past or present.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Session {
    /// Grows with each access token of the subject, from session to session.
    pub version: u64,
    /// Where it stands.
    pub state: SessionState,
}

/// Where a session stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// The user is signed in.
    Live(Tokens),
    /// The provider refused to renew the access token: only the user can, by signing in.
    Refused,
    /// The user has ended it.
    Ended,
}

/// A session of a user who is signed in, with tokens that are of use.
#[derive(Debug, Clone)]
pub struct LiveSession {
    /// The version of its access token.
    pub version: u64,
    /// Its tokens.
    pub tokens: Tokens,
}

/// Why a session is not live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLive {
    /// The user has not signed in, has signed out, or has tokens that are of no more use.
    Missing,
    /// The provider refused to renew it.
    Refused,
}

/// The tokens of a live session.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    /// The access token.
    pub access_token: AccessToken,
    /// When it was asked for.
    pub obtained: UnixTime,
    /// When it ends.
    pub expires: UnixTime,
    /// What renews it; absent when the user brought the access token along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
    /// When it was last renewed because somebody had refused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<UnixTime>,
}

/// Why an access token is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It has ended, or is about to.
    Due,
    /// It was refused although it has not ended.
    Refused,
}

impl LiveSession {
    /// The session of a subject, when it is live.
    ///
    /// # Errors
    /// [`NotLive`].
    pub fn of(session: Option<Session>, now: UnixTime) -> Result<Self, NotLive> {
        let Session { version, state } = session.ok_or(NotLive::Missing)?;
        match state {
            SessionState::Live(tokens) if !tokens.are_over(now) => Ok(Self { version, tokens }),
            SessionState::Refused => Err(NotLive::Refused),
            SessionState::Live(_) | SessionState::Ended => Err(NotLive::Missing),
        }
    }

    /// Why its access token must be refreshed for somebody who saw the one of version `failed`
    /// refused.
    pub fn cause_for_refresh(&self, failed: Option<u64>, now: UnixTime) -> Option<Cause> {
        let refused = failed.is_some_and(|failed| failed >= self.version);
        self.tokens.cause_for_refresh(refused, now)
    }
}

impl Tokens {
    /// The tokens after a refresh that brought `new` ones. Without a new refresh token the old one
    /// stays.
    #[must_use]
    pub fn renewed(self, new: Self, cause: Cause) -> Self {
        Self {
            refresh_token: new.refresh_token.or(self.refresh_token),
            refused: match cause {
                Cause::Refused => Some(new.obtained),
                Cause::Due => self.refused,
            },
            ..new
        }
    }

    /// Why the access token is to be renewed before it is given out: `refused` when this very token
    /// was refused somewhere. `None` when it is good, or as good as a new one would be.
    pub fn cause_for_refresh(&self, refused: bool, now: UnixTime) -> Option<Cause> {
        if now >= self.due() {
            return Some(Cause::Due);
        }
        // Whoever refuses a new token too will refuse any: one file after another must not cause
        // refreshes.
        let patient = (self.refused).is_some_and(|then| now.since(then) < PATIENCE);
        (refused && !patient).then_some(Cause::Refused)
    }

    /// Whether the access token has ended.
    pub fn has_ended(&self, now: UnixTime) -> bool {
        now >= self.expires
    }

    /// Whether they are of no more use: the access token has ended, and nothing renews it.
    pub fn are_over(&self, now: UnixTime) -> bool {
        self.refresh_token.is_none() && self.has_ended(now)
    }

    /// From when on it is to be renewed before it is given out.
    pub fn due(&self) -> UnixTime {
        let lifetime = self.expires.since(self.obtained);
        let margin = LONGEST_MARGIN.min(lifetime / MARGIN_PART);
        self.obtained.plus(lifetime - margin)
    }
}

#[cfg(test)]
mod tests;
