//! The log: one line per request.

use serde::Serialize;

use crate::check::Check;
use crate::denial::Denial;
use crate::file::FileId;
use crate::principal::Principal;
use crate::time::UnixTime;

/// What is logged of a request.
///
/// No member of it can hold a credential: texts are the program's own or the policy's, identifiers follow a
/// grammar in which no bearer token fits, and a subject appears only as a part of its hash.
#[derive(Debug, Serialize)]
pub struct LogLine {
    time: UnixTime,
    method: &'static str,
    /// The route's pattern: a path may hold a capability.
    route: Option<String>,
    system: System,
    status: u16,
    /// The reason code of a denial.
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<FileId>,
    #[serde(skip)]
    unlogged: Unlogged,
}

/// What is known of a request and not logged.
#[derive(Debug)]
struct Unlogged {
    check: Check,
    principal: Option<Principal>,
    denial: Option<Denial>,
}

/// What is known of a request after it has been answered, for whoever explains it.
#[derive(Debug, Clone, Copy)]
pub struct Account<'l> {
    /// The pattern of its route.
    pub route: Option<&'l str>,
    /// Its credential system.
    pub system: &'l System,
    /// Who made it.
    pub principal: Option<&'l Principal>,
    /// The file that it is about.
    pub file: Option<&'l FileId>,
    /// The last check: the one that failed, if one did.
    pub check: Check,
    /// Why it was denied.
    pub denial: Option<&'l Denial>,
}

/// The credential system that a request used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub enum System {
    /// Not known yet when the request was denied.
    Unknown,
    /// No credential.
    Anonymous,
    /// A Google access token.
    Google,
    /// Any other bearer token, where the edge verifies none.
    Jwt,
    /// A token of the profile of that name, or what was taken for one.
    Profile(String),
}

impl From<System> for String {
    fn from(system: System) -> Self {
        match system {
            System::Unknown => "unknown".to_owned(),
            System::Anonymous => "anonymous".to_owned(),
            System::Google => "google".to_owned(),
            System::Jwt => "jwt".to_owned(),
            System::Profile(name) => name,
        }
    }
}

impl LogLine {
    /// A line about a request that has just come in.
    pub fn begin(time: UnixTime, method: &http::Method) -> Self {
        Self {
            time,
            method: known(method),
            route: None,
            system: System::Unknown,
            status: 0,
            reason: None,
            cause: None,
            subject: None,
            file: None,
            unlogged: Unlogged {
                check: Check::Settings,
                principal: None,
                denial: None,
            },
        }
    }

    /// This check of the request begins.
    pub fn check(&mut self, check: Check) {
        self.unlogged.check = check;
    }

    /// The request falls under this route.
    pub fn route(&mut self, pattern: &str) {
        self.route = Some(pattern.to_owned());
    }

    /// The request uses this credential system.
    pub fn system(&mut self, system: System) {
        self.system = system;
    }

    /// The request is made by this user.
    pub fn principal(&mut self, principal: &Principal) {
        self.subject = Some(principal.cache_key().abbreviated().to_owned());
        self.unlogged.principal = Some(principal.clone());
    }

    /// The request is about this file.
    pub fn file(&mut self, file: &FileId) {
        self.file = Some(file.clone());
    }

    /// The request is denied.
    pub fn denied(&mut self, denial: Denial) {
        self.reason = Some(denial.log_reason());
        self.cause = denial.cause();
        self.unlogged.check = denial.check().unwrap_or(self.unlogged.check);
        self.unlogged.denial = Some(denial);
    }

    /// The request is answered with this status.
    pub fn status(&mut self, status: http::StatusCode) {
        self.status = status.as_u16();
    }

    /// What is known of the request.
    pub fn account(&self) -> Account<'_> {
        Account {
            route: self.route.as_deref(),
            system: &self.system,
            principal: self.unlogged.principal.as_ref(),
            file: self.file.as_ref(),
            check: self.unlogged.check,
            denial: self.unlogged.denial.as_ref(),
        }
    }

    /// The line as JSON, without a line feed.
    pub fn to_json(&self) -> String {
        // Strings, numbers and string-keyed members: none of serde_json's failures can occur.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A method is a client's own text; only the known ones are logged.
fn known(method: &http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        "PATCH" => "PATCH",
        _ => "other",
    }
}
