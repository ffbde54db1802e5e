//! Denials: every way in which a request does not get what it asks for.
//!
//! A [`Ground`] is what all denials for one reason have in common. It stands beside the code that
//! denies, and has two faces. The public one is a status and a reason code, and the code is the
//! same in the problem document (RFC 9457), `Proxy-Status` (RFC 9209) and the `WWW-Authenticate`
//! challenge (RFC 6750), which carries none when no credential was offered. The internal one
//! ([`Denial::log_code`], [`Denial::cause`]) is for the log alone. The two differ only where the
//! truth would tell a stranger that a file exists.
//!
//! The client is curl: 401, 403, 404 and 416 end a whole `--fail-early` batch, and so does 501,
//! while 503 is retried after `Retry-After`. So 401 means that the token itself is bad, and what is
//! not the client's doing is 503 or 501, whichever fits what repeating can do ([`Remedy`]).
//! `docs/denials.md` has them all, with the reasons.

mod retry_after;

pub use retry_after::RetryAfter;

use std::borrow::Cow;

use http::StatusCode;

use crate::step::Step;

/// Why requests are denied: what is the same for every occurrence.
#[derive(Debug, PartialEq, Eq)]
pub struct Ground {
    code: &'static str,
    log_code: &'static str,
    status: StatusCode,
    title: &'static str,
    detail: &'static str,
    challenge: Challenge,
    proxy_error: &'static str,
    remedy: Remedy,
    step: &'static Step,
    for_operator: &'static str,
}

/// The `WWW-Authenticate` challenge of a denial (RFC 6750, 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Challenge {
    /// None: another credential would not help.
    None,
    /// Without an error code, because no credential of ours was offered (RFC 6750, 3.1).
    Bare,
    /// With `error="invalid_request"`.
    InvalidRequest,
    /// With `error="invalid_token"`.
    InvalidToken,
}

/// What it takes for the same request to be answered otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Another request: this one is denied whenever it is made.
    Client,
    /// Time. The client comes back after `Retry-After`.
    Time,
    /// An operator, who mends it for everybody at once. The client comes back meanwhile.
    OperatorSoon,
    /// An operator. Until then, it stays as it is for this file, however often it is asked for.
    Operator,
}

/// What to do about a token that is not believed.
pub const NEW_COMMAND_LINE: &str = "Request a new command line and use the token in it.";

/// What to do about a session that has ended.
pub const SIGN_IN_AGAIN: &str =
    "Sign in again, request a new command line and use the token in it.";

impl Ground {
    /// A refusal at that step: what the client sees, and what it can do. What is not the client's
    /// own doing is one of the others, and has their status.
    pub const fn refused(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: &'static str,
        step: &'static Step,
    ) -> Self {
        assert!(status.as_u16() / 100 == 4, "a client's own doing");
        Self::of(status, code, title, detail, step)
    }

    const fn of(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: &'static str,
        step: &'static Step,
    ) -> Self {
        Self {
            code,
            log_code: code,
            status,
            title,
            detail,
            challenge: Challenge::None,
            proxy_error: "http_request_denied",
            remedy: Remedy::Client,
            step,
            for_operator: "",
        }
    }

    /// Trouble at that step, which may have passed when the client comes back.
    pub const fn unavailable(
        code: &'static str,
        proxy_error: &'static str,
        title: &'static str,
        step: &'static Step,
    ) -> Self {
        Self {
            proxy_error,
            remedy: Remedy::Time,
            ..Self::of(
                StatusCode::SERVICE_UNAVAILABLE,
                code,
                title,
                "Try again later; curl does so by itself with --retry.",
                step,
            )
        }
    }

    /// Trouble at that step for everybody, which an operator is called to mend.
    pub const fn outage(
        code: &'static str,
        proxy_error: &'static str,
        title: &'static str,
        step: &'static Step,
    ) -> Self {
        Self {
            remedy: Remedy::OperatorSoon,
            ..Self::unavailable(code, proxy_error, title, step)
        }
    }

    /// What is wrong with one file, user or route, until an operator mends it. Of all statuses that
    /// blame the server, 501 is the one that curl does not repeat.
    pub const fn defect(
        code: &'static str,
        proxy_error: &'static str,
        title: &'static str,
        step: &'static Step,
    ) -> Self {
        Self {
            proxy_error,
            remedy: Remedy::Operator,
            ..Self::of(
                StatusCode::NOT_IMPLEMENTED,
                code,
                title,
                "Ask the repository's operators; trying again does not help.",
                step,
            )
        }
    }

    /// A fault of the program itself.
    pub const fn fault(code: &'static str, title: &'static str, step: &'static Step) -> Self {
        Self {
            proxy_error: "proxy_internal_error",
            remedy: Remedy::Operator,
            ..Self::of(
                StatusCode::INTERNAL_SERVER_ERROR,
                code,
                title,
                "Tell the service's operators.",
                step,
            )
        }
    }

    /// A file that is not there, or not for this caller: `log_code` tells the log, and it alone,
    /// which of the two.
    pub const fn hidden(log_code: &'static str, step: &'static Step) -> Self {
        Self {
            log_code,
            ..Self::refused(
                StatusCode::NOT_FOUND,
                "file_not_found",
                "There is no such file, or it may not be read with this token.",
                "Check uuid, version and catalog, and that you have access to the file's source.",
                step,
            )
        }
    }

    /// A policy, keys or secrets that cannot be used.
    pub const fn misconfigured(step: &'static Step) -> Self {
        Self::outage(
            "configuration_broken",
            "proxy_configuration_error",
            "Requests cannot be decided on at the moment.",
            step,
        )
    }

    /// An origin that cannot be reached, or whose answers cannot be used.
    pub const fn origin_unavailable(step: &'static Step) -> Self {
        Self::unavailable(
            "origin_unavailable",
            "destination_unavailable",
            "The service behind this edge cannot be reached at the moment.",
            step,
        )
    }

    /// A token that was taken back.
    pub const fn revoked(step: &'static Step) -> Self {
        Self::refused(
            StatusCode::UNAUTHORIZED,
            "token_revoked",
            "The token has been revoked.",
            SIGN_IN_AGAIN,
            step,
        )
        .challenging(Challenge::InvalidToken)
        .advising(
            "The token's counter (jti) lies before the entitlement's `jti_window`, or it was issued before its \
             `not_before`. Only a new token helps.",
        )
    }

    /// The same, with other advice for the client.
    #[must_use]
    pub const fn detailed(self, detail: &'static str) -> Self {
        Self { detail, ..self }
    }

    /// The same, with that challenge.
    #[must_use]
    pub const fn challenging(self, challenge: Challenge) -> Self {
        Self { challenge, ..self }
    }

    /// The same, with that reason code in the log.
    #[must_use]
    pub const fn logged_as(self, log_code: &'static str) -> Self {
        Self { log_code, ..self }
    }

    /// The same, with what an operator can do. Only `azat explain` shows it: the edge's program
    /// does not carry the text.
    #[must_use]
    pub const fn advising(self, operator: &'static str) -> Self {
        let for_operator = match cfg!(target_os = "wasi") {
            true => "",
            false => operator,
        };
        Self {
            for_operator,
            ..self
        }
    }
}

/// One request that is denied, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    ground: &'static Ground,
    step: &'static Step,
    /// In a box: every result on the way of a request is as long as a denial, and few have any.
    particulars: Option<Box<Particulars>>,
}

/// What differs between denials on the same ground.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Particulars {
    detail: Option<String>,
    cause: Option<Cow<'static, str>>,
    retry_after: Option<RetryAfter>,
    allow: Option<String>,
}

impl From<&'static Ground> for Denial {
    fn from(ground: &'static Ground) -> Self {
        Self {
            ground,
            step: ground.step,
            particulars: None,
        }
    }
}

impl Denial {
    /// The same denial, at another step than its ground's.
    #[must_use]
    pub fn at(self, step: &'static Step) -> Self {
        Self { step, ..self }
    }

    /// The same denial, because of that: for the log alone.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Cow<'static, str>>) -> Self {
        self.particulars_mut().cause = Some(cause.into());
        self
    }

    /// The same denial, with other advice for the client than its ground's.
    #[must_use]
    pub fn detailed(mut self, detail: impl Into<String>) -> Self {
        self.particulars_mut().detail = Some(detail.into());
        self
    }

    /// The same denial, with what an upstream says of when to come back. It counts where coming
    /// back helps.
    #[must_use]
    pub fn until(mut self, retry_after: Option<RetryAfter>) -> Self {
        if retry_after.is_some() {
            self.particulars_mut().retry_after = retry_after;
        }
        self
    }

    /// The same denial, with the value of `Allow` (RFC 9110, 10.2.1).
    #[must_use]
    pub fn allowing(mut self, methods: String) -> Self {
        self.particulars_mut().allow = Some(methods);
        self
    }

    fn particulars_mut(&mut self) -> &mut Particulars {
        self.particulars.get_or_insert_default()
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.ground.status
    }

    /// The reason code: stable, for programs.
    pub fn code(&self) -> &'static str {
        self.ground.code
    }

    /// What it means: the same for every occurrence.
    pub fn title(&self) -> &'static str {
        self.ground.title
    }

    /// What the client can do about it.
    pub fn detail(&self) -> &str {
        let own = self
            .particulars
            .as_ref()
            .and_then(|own| own.detail.as_deref());
        own.unwrap_or(self.ground.detail)
    }

    /// The challenge.
    pub fn challenge(&self) -> Challenge {
        self.ground.challenge
    }

    /// The error type of `Proxy-Status` (RFC 9209, 2.3).
    pub fn proxy_error(&self) -> &'static str {
        self.ground.proxy_error
    }

    /// What it takes for the same request to be answered otherwise.
    pub fn remedy(&self) -> Remedy {
        self.ground.remedy
    }

    /// Whether an operator has to do something about it.
    pub fn is_alarm(&self) -> bool {
        matches!(self.remedy(), Remedy::OperatorSoon | Remedy::Operator)
    }

    /// When to come back, where that helps.
    pub fn retry_after(&self) -> Option<RetryAfter> {
        let own = (self.particulars.as_ref()).and_then(|own| own.retry_after);
        match self.remedy() {
            Remedy::Time | Remedy::OperatorSoon => Some(own.unwrap_or_default()),
            Remedy::Client | Remedy::Operator => None,
        }
    }

    /// The value of `Allow`.
    pub fn allow(&self) -> Option<&str> {
        self.particulars.as_ref()?.allow.as_deref()
    }

    /// The reason code for the log: the truth.
    pub fn log_code(&self) -> &'static str {
        self.ground.log_code
    }

    /// What happened, in words, for the log alone.
    pub fn cause(&self) -> Option<&str> {
        self.particulars.as_ref()?.cause.as_deref()
    }

    /// The step that failed.
    pub fn step(&self) -> &'static Step {
        self.step
    }

    /// What an operator can do about it, where anything can be done.
    pub fn for_operator(&self) -> Option<&'static str> {
        Some(self.ground.for_operator).filter(|advice| !advice.is_empty())
    }
}

#[cfg(test)]
mod tests;
