//! The search for one document: in the copy that is kept of it, and then at the origin.
//!
//! There are two cache entries for each document. The *copy* is read by every request: while it is
//! fresh it is used without asking, and after that it is the spare that is used if the origin is in
//! trouble. Those who need more than the copy *ask*: of all who ask the same at the same time one
//! leads and calls the origin, and its answer is the second entry, which lives for a moment. So as
//! long as the origin answers, nobody gets anything stale, however many ask at once.
//!
//! Every leader fills the second entry, with a short-lived note of the trouble if need be: if a
//! leader went away without doing so, those who wait would become leaders one after another. That
//! is so where the request ends first, for another reason.

use std::time::Duration;

use azat_policy::Period;

use super::call::{self, Call};
use super::finding::{Finding, Got, Kept};
use super::line::{Line, Way};
use super::patience::{self, Pauses};
use super::trouble::Trouble;
use crate::contract::Document;
use crate::platform::{CacheKey, Lookup, Platform, Progress, Upstream};
use crate::provenance::Provenance;
use crate::time::UnixTime;

/// A document that is being looked for.
pub(super) struct Search<'r, P: Platform, D: Document> {
    key: CacheKey,
    period: Period,
    about: D::About<'r>,
    copy: Option<Kept<D>>,
    stage: Stage<P, D>,
}

/// How the origin is asked for a document.
pub(super) struct Question {
    pub(super) call: Call,
    /// The key of those who ask the same.
    pub(super) key: CacheKey,
    /// Whether its failure says that the origin is in trouble.
    pub(super) tells_of_outage: bool,
}

enum Stage<P: Platform, D> {
    /// Nobody has been asked.
    Idle,
    /// Others may be asking the same.
    Joining(P::Joining, Asking),
    /// The origin has been asked.
    Sent(P::Sent, Option<P::Lead>, Asking),
    /// It is over.
    Done(Outcome<D>),
}

enum Outcome<D> {
    /// What the origin has just said.
    Said(Kept<D>),
    /// What the copy says, and where that comes from.
    Copy(Provenance),
    /// The copy as a spare, if it may still be used then; or the trouble alone.
    Trouble(Trouble, UnixTime),
}

impl<D: Document> Outcome<D> {
    /// What an answer comes to, heard at that time.
    fn of(answer: Kept<D>, now: UnixTime) -> Self {
        match answer.as_trouble() {
            Some(trouble) => Self::Trouble(trouble, now),
            None => Self::Said(answer),
        }
    }
}

struct Asking {
    question: Question,
    /// On the platform's clock.
    since: Duration,
    has_spare: bool,
}

impl<'r, P: Platform, D: Document> Search<'r, P, D> {
    /// Looks at the copy.
    pub(super) fn begin(
        platform: &mut P,
        key: CacheKey,
        period: Period,
        about: D::About<'r>,
    ) -> Self {
        let copy = platform.recall(&key);
        let copy = copy.and_then(|content| Kept::<D>::read(&content));
        Self {
            // A copy that is about something else is no copy.
            copy: copy.filter(|copy| copy.document().is_none_or(|own| own.is_about(about))),
            key,
            period,
            about,
            stage: Stage::Idle,
        }
    }

    /// What the copy says, and where that comes from by now.
    pub(super) fn copy(&self, now: UnixTime) -> Option<(Finding<&D>, Provenance)> {
        let copy = self.copy.as_ref()?;
        Some((copy.finding(), copy.from(now)))
    }

    /// The document of the copy, if it may still be used.
    pub(super) fn copied(&self, now: UnixTime) -> Option<&D> {
        let copy = self.copy.as_ref()?;
        copy.document().filter(|_| copy.is_of_use(now))
    }

    /// Ends the search if the copy says what is to be known: the document while it is fresh, or
    /// that there is none while that is news. Whether it does.
    pub(super) fn end_with_fresh_copy(&mut self, now: UnixTime) -> bool {
        let from = match self.copy(now) {
            Some((Finding::Found(_), from @ (Provenance::Origin | Provenance::Cache))) => from,
            Some((Finding::Absent | Finding::Revoked, from @ Provenance::Origin)) => from,
            _ => return false,
        };
        self.end_with_copy(from);
        true
    }

    /// Ends the search with what the copy says, which came from there.
    pub(super) fn end_with_copy(&mut self, from: Provenance) {
        self.stage = Stage::Done(Outcome::Copy(from));
    }

    /// Begins to ask the origin. A spare copy that would be of use makes the wait shorter. It is
    /// cold: nearly every request finds what it needs in the copies.
    #[cold]
    pub(super) fn ask(
        &mut self,
        platform: &mut P,
        line: &mut Line<'_, P>,
        question: Question,
        has_spare: bool,
    ) {
        self.stage = match line.way(platform, has_spare) {
            Way::Refused(trouble) => in_trouble(trouble, platform),
            Way::Spare => in_trouble(Trouble::Outage, platform),
            Way::Open => Stage::Joining(
                platform.join(&question.key),
                Asking {
                    question,
                    since: platform.clock(),
                    has_spare,
                },
            ),
        };
    }

    /// Whether the origin is being asked.
    pub(super) fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::Joining(..) | Stage::Sent(..))
    }

    /// What came of it.
    pub(super) fn got(&self) -> Option<Got<'_, D>> {
        let Stage::Done(outcome) = &self.stage else {
            return None;
        };
        let copy = self.copy.as_ref();
        Some(match outcome {
            Outcome::Said(said) => Got {
                finding: said.finding(),
                from: Provenance::Origin,
                trouble: None,
            },
            Outcome::Copy(from) => Got {
                finding: copy.map_or(Finding::Absent, Kept::finding),
                from: *from,
                trouble: None,
            },
            Outcome::Trouble(trouble, now) => {
                // It is the token that is refused, or there is a spare.
                let copy = copy.filter(|copy| copy.is_of_use(*now) && !trouble.is_the_tokens());
                Got {
                    finding: match copy.and_then(Kept::document) {
                        Some(document) => Finding::Found(document),
                        None => Finding::Trouble(*trouble),
                    },
                    from: Provenance::Spare,
                    trouble: Some(*trouble),
                }
            }
        })
    }

    /// The document that came of it, if one did.
    pub(super) fn found(&self) -> Option<&D> {
        match self.got() {
            Some(Got {
                finding: Finding::Found(document),
                ..
            }) => Some(document),
            _ => None,
        }
    }

    /// Waits until it is done.
    #[cold]
    pub(super) fn finish(&mut self, platform: &mut P, line: &mut Line<'_, P>) {
        let mut pauses = Pauses::new();
        loop {
            self.step(platform, line);
            if !self.is_under_way() {
                return;
            }
            pauses.pause(platform);
        }
    }

    /// Asks no more, and lets others go on.
    pub(super) fn give_up(&mut self, platform: &mut P) {
        if let Stage::Sent(_, Some(lead), _) = std::mem::replace(&mut self.stage, Stage::Idle) {
            platform.release(lead);
        }
    }

    /// Goes on as far as possible without waiting.
    #[cold]
    pub(super) fn step(&mut self, platform: &mut P, line: &mut Line<'_, P>) {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Idle) {
            Stage::Joining(joining, asking) => self.join(platform, line, joining, asking),
            Stage::Sent(sent, lead, asking) => self.hear(platform, line, sent, lead, asking),
            stage => return self.stage = stage,
        };
    }

    fn join(
        &mut self,
        platform: &mut P,
        line: &mut Line<'_, P>,
        joining: P::Joining,
        asking: Asking,
    ) -> Stage<P, D> {
        match platform.joined(joining) {
            Progress::Done(Lookup::Lead(lead)) => self.send(platform, line, Some(lead), asking),
            Progress::Done(Lookup::Unavailable) => self.send(platform, line, None, asking),
            Progress::Done(Lookup::Hit(content)) => {
                let now = platform.now();
                match Kept::<D>::read(&content).filter(|answer| answer.is_news(now)) {
                    Some(answer) => Stage::Done(Outcome::of(answer, now)),
                    None => self.send(platform, line, None, asking),
                }
            }
            Progress::Pending(joining) => {
                let patience = line.requester.policy.patience;
                let waited = platform.clock().saturating_sub(asking.since);
                match waited < patience::with_leader(patience, asking.has_spare) {
                    true => Stage::Joining(joining, asking),
                    false => in_trouble(Trouble::Busy, platform),
                }
            }
        }
    }

    fn send(
        &mut self,
        platform: &mut P,
        line: &mut Line<'_, P>,
        lead: Option<P::Lead>,
        asking: Asking,
    ) -> Stage<P, D> {
        let call = &asking.question.call;
        match call.signed(platform, line.requester.token) {
            Some(request) => {
                let sent = platform.dispatch(Upstream::Origin, request);
                let since = platform.clock();
                Stage::Sent(sent, lead, Asking { since, ..asking })
            }
            None => {
                let trouble = Finding::Trouble(Trouble::NoSecret);
                self.settle(platform, line, lead, trouble, Duration::ZERO)
            }
        }
    }

    fn hear(
        &mut self,
        platform: &mut P,
        line: &mut Line<'_, P>,
        sent: P::Sent,
        lead: Option<P::Lead>,
        asking: Asking,
    ) -> Stage<P, D> {
        let waited = platform.clock().saturating_sub(asking.since);
        let finding = match platform.arrived(sent) {
            Progress::Done(Ok(answer)) => call::read(platform, answer, self.about),
            Progress::Pending(sent) => {
                let patience = line.requester.policy.patience;
                if waited < patience::with_origin(patience, asking.has_spare) {
                    return Stage::Sent(sent, lead, asking);
                }
                Finding::Trouble(Trouble::NoAnswer)
            }
            Progress::Done(Err(_)) => Finding::Trouble(Trouble::NoAnswer),
        };
        let is_unanswered = matches!(finding, Finding::Trouble(Trouble::NoAnswer));
        if is_unanswered && asking.question.tells_of_outage {
            line.failed(platform);
        }
        self.settle(platform, line, lead, finding, waited)
    }

    /// Shares what the origin has said with those who wait for it and those to come.
    fn settle(
        &mut self,
        platform: &mut P,
        line: &mut Line<'_, P>,
        lead: Option<P::Lead>,
        finding: Finding<D>,
        waited: Duration,
    ) -> Stage<P, D> {
        let now = platform.now();
        let answer = match finding {
            Finding::Trouble(trouble) if trouble.is_the_tokens() => {
                line.answered(platform);
                line.refused(platform, trouble);
                if !D::PERSONAL {
                    // Nobody else's affair: those who wait ask with their own tokens.
                    if let Some(lead) = lead {
                        platform.release(lead);
                    }
                    return Stage::Done(Outcome::Trouble(trouble, now));
                }
                if trouble != Trouble::TokenRefused {
                    let outdated = Kept::<D>::outdated(self.period, now);
                    platform.keep(&self.key, outdated.copy());
                }
                Kept::trouble(trouble, now, patience::trouble_seconds_after(waited))
            }
            Finding::Trouble(trouble) => {
                Kept::trouble(trouble, now, patience::trouble_seconds_after(waited))
            }
            said => {
                line.answered(platform);
                let answer = Kept::of(said, self.period, now);
                // What the origin took away goes from the copy too.
                platform.keep(&self.key, answer.copy());
                answer
            }
        };
        if let Some(lead) = lead {
            platform.insert(lead, answer.answer());
        }
        Stage::Done(Outcome::of(answer, now))
    }
}

fn in_trouble<P: Platform, D>(trouble: Trouble, platform: &P) -> Stage<P, D> {
    Stage::Done(Outcome::Trouble(trouble, platform.now()))
}

#[cfg(test)]
mod tests;
