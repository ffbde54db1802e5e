//! The live session of a subject, with an access token that is good, refreshed when need be.

use std::sync::Arc;
use std::time::Instant;

use azat_edge::time::UnixTime;

use super::origin::Origin;
use super::refusal::Refusal;
use crate::identity_provider::ProviderFault;
use crate::session::{Cause, Session, SessionState, Tokens};
use crate::subject::Subject;

/// A session of a user who is signed in.
pub(super) struct LiveSession {
    /// The version of its access token.
    pub(super) version: u64,
    /// Its tokens.
    pub(super) tokens: Tokens,
}

impl LiveSession {
    fn of(session: Option<Session>) -> Result<Self, Refusal> {
        let Session { version, state } = session.ok_or(Refusal::SessionMissing)?;
        match state {
            SessionState::Live(tokens) if !tokens.are_over(UnixTime::now()) => {
                Ok(Self { version, tokens })
            }
            SessionState::Refused => Err(Refusal::SessionRevoked),
            SessionState::Live(_) | SessionState::Ended => Err(Refusal::SessionMissing),
        }
    }

    /// Why its access token must be refreshed for somebody who saw that of version `failed` refused.
    fn cause_for_refresh(&self, failed: Option<u64>, now: UnixTime) -> Option<Cause> {
        let refused = failed.is_some_and(|failed| failed >= self.version);
        self.tokens.cause_for_refresh(refused, now)
    }

    /// What there is when the provider is away: the old token, unless it has ended or was refused.
    fn unrenewed(self, cause: Cause, why: &'static str) -> Result<Self, Refusal> {
        match cause {
            Cause::Due if !self.tokens.has_ended(UnixTime::now()) => Ok(self),
            _ => Err(Refusal::IdentityProviderUnavailable(why)),
        }
    }
}

impl Origin {
    /// The session as it is.
    pub(super) fn live_session(&self, subject: &Subject) -> Result<LiveSession, Refusal> {
        LiveSession::of(self.store.session(subject)?)
    }

    /// The session with a good access token; `failed` is the version of one that was refused somewhere.
    pub(super) async fn fresh_session(
        self: Arc<Self>,
        subject: Subject,
        failed: Option<u64>,
    ) -> Result<LiveSession, Refusal> {
        let session = self.live_session(&subject)?;
        if session.cause_for_refresh(failed, UnixTime::now()).is_none() {
            return Ok(session);
        }
        let exchanges = self.exchanges.clone();
        exchanges.run(self.refresh(subject, failed)).await?
    }

    async fn refresh(
        self: Arc<Self>,
        subject: Subject,
        failed: Option<u64>,
    ) -> Result<LiveSession, Refusal> {
        let arrived = Instant::now();
        let turn = self.refreshes.turn(&subject);
        let mut last_failure = turn.lock().await;
        // Who had the turn before may have done it all.
        let session = self.live_session(&subject)?;
        let Some(cause) = session.cause_for_refresh(failed, UnixTime::now()) else {
            return Ok(session);
        };
        let Some(refresh_token) = session.tokens.refresh_token.clone() else {
            return Ok(session);
        };
        // What failed while this one waited would keep all the others waiting, too.
        if last_failure.is_some_and(|failure| failure >= arrived) {
            return session.unrenewed(cause, "it failed a moment ago");
        }
        match self.provider()?.refresh(&refresh_token).await {
            Ok(granted) => {
                let next =
                    move |tokens: Tokens| SessionState::Live(tokens.renewed(&granted, cause));
                self.renew(subject, session.version, next).await
            }
            Err(ProviderFault::Refused(_)) => {
                let next = |_| SessionState::Refused;
                self.renew(subject, session.version, next).await
            }
            Err(ProviderFault::Unavailable(why)) => {
                *last_failure = Some(Instant::now());
                session.unrenewed(cause, why)
            }
        }
    }

    /// Writes what came of a refresh, before anybody is told.
    async fn renew(
        self: Arc<Self>,
        subject: Subject,
        version: u64,
        next: impl FnOnce(Tokens) -> SessionState + Send + 'static,
    ) -> Result<LiveSession, Refusal> {
        let session = self
            .blocking(move |origin| Ok(origin.store.renew(&subject, version, next)?))
            .await?;
        LiveSession::of(session)
    }
}
