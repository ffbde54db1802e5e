//! An explanation for a person.

use std::fmt::{self, Display, Formatter};

use azat_edge::denial::Denial;
use azat_edge::step::Step;
use serde_json::{Value, json};

use super::explanation::{Explanation, Outcome, Verdict};
use super::offline::Need;
use super::shown::Shown;

/// The fields that are shown, in this order.
const SHOWN: [&str; 9] = [
    "location",
    "content-length",
    "content-range",
    "content-type",
    "content-disposition",
    "www-authenticate",
    "allow",
    "retry-after",
    "proxy-status",
];

/// Writes an explanation, some lines long.
pub struct Report<'e>(pub &'e Explanation);

impl Display for Report<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(explanation) = self;
        self.request(f)?;
        writeln!(f, "\nChecks")?;
        self.checks(f)?;
        writeln!(f, "\nAnswer")?;
        match (explanation.verdict, explanation.need) {
            (Verdict::Need, Some(need)) => self.need(need, f),
            (Verdict::Pass, _) => writeln!(
                f,
                "  what the origin answers: the request is passed on to it"
            ),
            _ => self.answer(f),
        }
    }
}

impl Report<'_> {
    fn request(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(explanation) = self;
        let now = explanation.now;
        writeln!(f, "Request")?;
        line(
            f,
            "time",
            format_args!("{} ({})", now.http_date(), now.seconds()),
        )?;
        line(f, "route", explanation.route.as_deref().unwrap_or("none"))?;
        line(f, "system", &explanation.system)?;
        if let Some(user) = &explanation.principal {
            line(f, "subject", &user.subject)?;
            if !user.issuer.is_empty() {
                line(f, "issuer", &user.issuer)?;
            }
            if let Some(counter) = user.counter {
                line(
                    f,
                    "token",
                    format_args!("number {counter}, issued {}", user.issued_at.http_date()),
                )?;
            }
        }
        if let Some(file) = &explanation.file {
            let version = file
                .version
                .as_ref()
                .map_or("the newest version", |version| version.as_str());
            let (catalog, uuid) = (file.catalog.as_str(), file.uuid.as_str());
            line(f, "file", format_args!("{uuid} in {catalog}, {version}"))?;
        }
        Ok(())
    }

    fn checks(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(explanation) = self;
        let mut unmade = Vec::new();
        for (step, outcome) in explanation.outcomes() {
            let Step { name, holds } = *step;
            let mark = match outcome {
                Outcome::Passed => "ok",
                Outcome::Failed => "FAILED",
                Outcome::Open => "open",
                Outcome::Unmade => {
                    unmade.push(name);
                    continue;
                }
            };
            writeln!(f, "  {mark:<7}{name:<12} {holds}")?;
        }
        if let Some(cause) = explanation.denial.as_ref().and_then(Denial::cause) {
            writeln!(f, "  {:<20}{}", "", Shown(cause))?;
        }
        match unmade.as_slice() {
            [] => Ok(()),
            unmade => writeln!(f, "  not made: {}", unmade.join(", ")),
        }
    }

    fn answer(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(explanation) = self;
        let answer = &explanation.answer;
        let Some(denial) = &explanation.denial else {
            let what = match explanation.upstream() {
                Some(upstream) => format!("the file, from {upstream}"),
                None if answer.status == 206 => {
                    "nothing: the client has all of the file".to_owned()
                }
                None => "where the mirror has the file".to_owned(),
            };
            writeln!(f, "  {} {}", answer.status, Shown(what))?;
            self.fields(f)?;
            return match &answer.body {
                Some(body) => line(f, "body", body),
                None => Ok(()),
            };
        };
        let (code, title) = (denial.code(), denial.title());
        writeln!(f, "  {} {code}: {title}", answer.status)?;
        self.fields(f)?;
        if denial.log_code() != code {
            line(
                f,
                "log",
                format_args!("{}, which the client is not told", denial.log_code()),
            )?;
        }
        writeln!(f, "\nWhat to do\n  client    {}", denial.detail())?;
        match denial.for_operator() {
            Some(advice) => writeln!(f, "  operator  {advice}"),
            None => Ok(()),
        }
    }

    fn fields(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let answer = &self.0.answer;
        for name in SHOWN {
            if let Some(value) = answer.header(name) {
                writeln!(f, "  {name}: {}", Shown(value))?;
            }
        }
        Ok(())
    }

    fn need(&self, need: Need, f: &mut Formatter<'_>) -> fmt::Result {
        let (what, document) = self.missing(need);
        writeln!(
            f,
            "  not known yet: nothing speaks against the request so far, but {what} is missing"
        )?;
        writeln!(
            f,
            "\nWhat to do\n  Add it to the file given with --documents:\n  {}",
            Shown(document)
        )
    }

    /// What is missing, and how it would be given.
    fn missing(&self, need: Need) -> (&'static str, Value) {
        let Self(explanation) = self;
        let ellipsis = "\u{2026}";
        let (issuer, subject) = match &explanation.principal {
            Some(user) => (user.issuer.as_str(), user.subject.as_str()),
            None => (ellipsis, ellipsis),
        };
        match need {
            Need::Entitlement => (
                "what the subject may read",
                json!({"entitlements": [{"issuer": issuer, "subject": subject, "sources": [ellipsis]}]}),
            ),
            Need::AccessToken => (
                "the subject's access token for the repository",
                json!({"access_tokens": [{"issuer": issuer, "subject": subject}]}),
            ),
            Need::File => {
                let mut file = json!({
                    "source": ellipsis, "mirror_key": ellipsis, "size": 0, "name": ellipsis,
                    "content_type": ellipsis,
                    "digest": {"algorithm": "sha-256", "hex": ellipsis},
                });
                let id = serde_json::to_value(&explanation.file).unwrap_or_default();
                if let (Some(file), Value::Object(id)) = (file.as_object_mut(), id) {
                    file.extend(id);
                }
                ("the file's record", json!({ "files": [file] }))
            }
        }
    }
}

fn line(f: &mut Formatter<'_>, name: &str, value: impl Display) -> fmt::Result {
    writeln!(f, "  {name:<9} {}", Shown(value))
}
