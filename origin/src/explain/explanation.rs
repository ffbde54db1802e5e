//! The explanation of one request: what was decided, by which check, and what comes of it.

use std::cmp::Ordering;

use azat_edge::credential::{User, acceptance};
use azat_edge::denial::Denial;
use azat_edge::file::FileId;
use azat_edge::gateway;
use azat_edge::request::Request;
use azat_edge::sandbox::Sandbox;
use azat_edge::step::Step;
use azat_edge::time::UnixTime;
use serde::Serialize;
use url::Url;

use super::answer::ShownAnswer;
use super::documents::Documents;
use super::given::Given;
use super::offline::{Need, Offline, Upstream};
use super::secrets::Secrets;

/// Explains requests. What is read once is kept from one to the next.
pub struct Explainer {
    given: Given,
    sandbox: Sandbox,
    secrets: Secrets,
    documents: Documents,
}

impl Explainer {
    /// Explains requests to an edge with these settings, secrets and documents.
    pub fn new(given: Given, secrets: Secrets, documents: Documents) -> Self {
        Self {
            given,
            sandbox: Sandbox::new(),
            secrets,
            documents,
        }
    }

    /// What paths without a host are relative to: the policy's base URL.
    pub fn base_url(&self) -> &Url {
        &self.given.base_url
    }

    /// Lets the edge answer a request, and explains the answer.
    pub fn explain(&mut self, request: &Request, now: UnixTime) -> Explanation {
        let items = &self.given.items;
        let mut platform = Offline::new(now, items, &self.secrets, &self.documents);
        let (response, trail) = gateway::respond(request, &mut self.sandbox, &mut platform);
        let Offline { need, upstream, .. } = platform;
        let verdict = match (&upstream, need, trail.denial()) {
            (Some(Upstream::Origin), _, None) => Verdict::Pass,
            (_, Some(_), Some(_)) => Verdict::Need,
            (_, _, Some(_)) => Verdict::Deny,
            (_, _, None) => Verdict::Allow,
        };
        let steps = trail.steps();
        let last = match (verdict, trail.denial()) {
            (_, Some(denial)) => Some(denial.step()),
            (Verdict::Pass, None) => Some(&acceptance::STEP),
            (_, None) => steps.last().copied(),
        };
        let user = trail.principal().and_then(|principal| principal.user());
        Explanation {
            now,
            verdict,
            system: trail.system().to_owned(),
            principal: user.map(Identity::of),
            route: trail.route().map(str::to_owned),
            file: trail.file().cloned(),
            reached: (steps.iter())
                .position(|step| Some(*step) == last)
                .unwrap_or_default(),
            steps,
            need,
            denial: (trail.denial().cloned()).filter(|_| verdict == Verdict::Deny),
            upstream,
            answer: ShownAnswer::of(&response),
        }
    }
}

/// What comes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    /// The file is delivered.
    Allow,
    /// It is denied.
    Deny,
    /// The origin answers it.
    Pass,
    /// A document is missing, and so far nothing speaks against the request.
    Need,
}

/// Who makes a request, as far as it has been proved.
#[derive(Debug, Serialize)]
pub(super) struct Identity {
    profile: String,
    pub(super) issuer: String,
    pub(super) subject: String,
    pub(super) issued_at: UnixTime,
    pub(super) counter: Option<u64>,
}

impl Identity {
    fn of(user: &User) -> Self {
        Self {
            profile: user.profile().to_owned(),
            issuer: user.issuer().to_owned(),
            subject: user.subject().to_owned(),
            issued_at: user.issued_at(),
            counter: user.counter(),
        }
    }
}

/// The explanation of a request.
pub struct Explanation {
    pub(super) now: UnixTime,
    pub(super) verdict: Verdict,
    pub(super) system: String,
    pub(super) principal: Option<Identity>,
    pub(super) route: Option<String>,
    pub(super) file: Option<FileId>,
    /// The steps that decide on such a request.
    steps: Vec<&'static Step>,
    /// Which of them was the last.
    reached: usize,
    pub(super) need: Option<Need>,
    pub(super) denial: Option<Denial>,
    pub(super) upstream: Option<Upstream>,
    pub(super) answer: ShownAnswer,
}

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outcome {
    Passed,
    Failed,
    /// It cannot be made without the document that is missing.
    Open,
    /// It was not made.
    Unmade,
}

/// An explanation in one line, for a machine.
#[derive(Serialize)]
pub(super) struct Summary<'e> {
    verdict: Verdict,
    /// Absent where the edge alone does not decide it.
    status: Option<u16>,
    /// The reason code that the client gets.
    reason: Option<&'static str>,
    system: &'e str,
    principal: Option<&'e Identity>,
    route: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'e FileId>,
    /// The check that failed, or cannot be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<&'static Step>,
    /// The reason code in the log, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    log_reason: Option<&'static str>,
    /// What happened, in words, as in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'e str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    needs: Vec<Need>,
}

/// An explanation with everything there is to it, for a machine.
#[derive(Serialize)]
struct Full<'e> {
    now: UnixTime,
    #[serde(flatten)]
    summary: Summary<'e>,
    checks: Vec<MadeCheck>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'e ShownAnswer>,
    /// Who answers in the edge's stead.
    #[serde(skip_serializing_if = "Option::is_none")]
    upstream: Option<String>,
    advice: Vec<&'static str>,
}

/// A check and what came of it.
#[derive(Serialize)]
struct MadeCheck {
    check: &'static Step,
    outcome: Outcome,
}

impl Explanation {
    /// The steps that decide on such a request, and what came of each.
    pub(super) fn outcomes(&self) -> impl Iterator<Item = (&'static Step, Outcome)> {
        let at_reached = match self.verdict {
            Verdict::Allow | Verdict::Pass => Outcome::Passed,
            Verdict::Deny => Outcome::Failed,
            Verdict::Need => Outcome::Open,
        };
        (self.steps.iter().enumerate()).map(move |(index, step)| {
            let outcome = match index.cmp(&self.reached) {
                Ordering::Less => Outcome::Passed,
                Ordering::Equal => at_reached,
                Ordering::Greater => Outcome::Unmade,
            };
            (*step, outcome)
        })
    }

    /// The answer, where the edge alone decides it.
    pub(super) fn decided_answer(&self) -> Option<&ShownAnswer> {
        matches!(self.verdict, Verdict::Allow | Verdict::Deny).then_some(&self.answer)
    }

    /// Who answers in the edge's stead, in words.
    pub(super) fn upstream(&self) -> Option<String> {
        self.upstream.as_ref().map(|upstream| match upstream {
            Upstream::Origin => "the origin".to_owned(),
            Upstream::Mirror => "the mirror".to_owned(),
            Upstream::Repository(backend) => format!("the repository (backend {backend})"),
        })
    }

    /// All of it in a line.
    pub(super) fn summary(&self) -> Summary<'_> {
        let reason = self.denial.as_ref().map(Denial::code);
        let log_reason = self.denial.as_ref().map(Denial::log_code);
        let decided = matches!(self.verdict, Verdict::Deny | Verdict::Need);
        Summary {
            verdict: self.verdict,
            status: self.decided_answer().map(|answer| answer.status),
            reason,
            system: &self.system,
            principal: self.principal.as_ref(),
            route: self.route.as_deref(),
            file: self.file.as_ref(),
            check: (self.steps.get(self.reached).copied()).filter(|_| decided),
            log_reason: log_reason.filter(|_| log_reason != reason),
            cause: self.denial.as_ref().and_then(Denial::cause),
            needs: self
                .need
                .filter(|_| self.verdict == Verdict::Need)
                .into_iter()
                .collect(),
        }
    }

    /// All of it, as JSON has it.
    pub fn in_full(&self) -> impl Serialize {
        let checks = (self.outcomes()).map(|(check, outcome)| MadeCheck { check, outcome });
        Full {
            now: self.now,
            summary: self.summary(),
            checks: checks.collect(),
            answer: self.decided_answer(),
            upstream: self.upstream(),
            advice: (self.denial.as_ref())
                .and_then(Denial::for_operator)
                .into_iter()
                .collect(),
        }
    }
}
