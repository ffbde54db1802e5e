//! The live session of a subject, with an access token that is good, refreshed when need be.

use std::sync::Arc;
use std::time::Instant;

use azat_edge::time::UnixTime;

use super::origin::Origin;
use super::refusal::Refusal;
use crate::identity_provider::{Deadline, Late, ProviderFault};
use crate::session::{Cause, LiveSession, SessionState};
use crate::subject::Subject;

impl Origin {
    /// The session as it is.
    pub(super) async fn live_session(
        self: Arc<Self>,
        subject: &Subject,
    ) -> Result<LiveSession, Refusal> {
        let subject = subject.clone();
        self.blocking(move |origin| {
            let session = origin.store.session(&subject)?;
            Ok(LiveSession::of(session, UnixTime::now())?)
        })
        .await
    }

    /// The session with a good access token; `failed` is the version of one that was refused
    /// somewhere.
    pub(super) async fn fresh_session(
        self: Arc<Self>,
        subject: Subject,
        failed: Option<u64>,
    ) -> Result<LiveSession, Refusal> {
        let session = self.clone().live_session(&subject).await?;
        let Some(cause) = session.cause_for_refresh(failed, UnixTime::now()) else {
            return Ok(session);
        };
        let (exchanges, by) = (self.exchanges.clone(), Deadline::of_an_act());
        let refresh = exchanges.run(self.refresh(subject, failed, by));
        match by.wait(refresh).await {
            Ok(refreshed) => refreshed?,
            Err(Late) => unrenewed(session, cause, Late::WHY),
        }
    }

    async fn refresh(
        self: Arc<Self>,
        subject: Subject,
        failed: Option<u64>,
        by: Deadline,
    ) -> Result<LiveSession, Refusal> {
        let arrived = Instant::now();
        let turn = self.refreshes.turn(&subject);
        let mut last_failure = by.wait(turn.lock()).await?;
        // Whoever had the turn before may have done it all.
        let session = self.clone().live_session(&subject).await?;
        let Some(cause) = session.cause_for_refresh(failed, UnixTime::now()) else {
            return Ok(session);
        };
        let Some(refresh_token) = session.tokens.refresh_token.clone() else {
            return Ok(session);
        };
        // What failed while this one waited would keep all the others waiting, too.
        if last_failure.is_some_and(|failure| failure >= arrived) {
            return unrenewed(session, cause, "it failed a moment ago");
        }
        let next = match self.provider()?.refresh(&refresh_token, by).await {
            Ok(granted) => SessionState::Live(session.tokens.renewed(granted.tokens(), cause)),
            Err(ProviderFault::Refused(_)) => SessionState::Refused,
            Err(ProviderFault::Unavailable(why)) => {
                *last_failure = Some(Instant::now());
                return unrenewed(session, cause, why);
            }
        };
        self.renew(subject, session.version, next).await
    }

    /// Writes what came of a refresh, before anybody gets it.
    async fn renew(
        self: Arc<Self>,
        subject: Subject,
        version: u64,
        next: SessionState,
    ) -> Result<LiveSession, Refusal> {
        let session = self
            .blocking(move |origin| Ok(origin.store.renew(&subject, version, next)?))
            .await?;
        Ok(LiveSession::of(session, UnixTime::now())?)
    }
}

/// What there is when the provider is away: the old token, unless it has ended or was refused.
fn unrenewed(
    session: LiveSession,
    cause: Cause,
    why: &'static str,
) -> Result<LiveSession, Refusal> {
    match cause {
        Cause::Due if !session.tokens.has_ended(UnixTime::now()) => Ok(session),
        _ => Err(Refusal::IdentityProviderUnavailable(why)),
    }
}
