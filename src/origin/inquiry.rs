//! An inquiry: the two documents on which a decision rests, looked for side by side.
//!
//! A stranger must not learn whether a file exists. So a record that the entitlement does not admit
//! is dealt with as if there were none: neither is believed unless the origin has said so just now,
//! to a stranger, and both take the same steps there, in the same order. What the file's readers
//! did before must not show either: a stranger gets nothing out of what was asked for them.

use http::Method;

use super::call::Call;
use super::finding::{Finding, Got, JUST_NOW_SECONDS};
use super::line::Line;
use super::patience::Pauses;
use super::refusal::{self, FILE_UNKNOWN, RECORD, SESSION_MISSING};
use super::requester::Requester;
use super::search::{Question, Search};
use crate::contract::{Entitlement, FileRecord, endpoint};
use crate::denial::Denial;
use crate::file::FileId;
use crate::platform::{CacheKey, Entry, Platform};
use crate::provenance::{Known, Provenance};
use crate::time::UnixTime;

/// What a user may read, and where a file is.
pub struct Inquiry<'r, P: Platform> {
    id: &'r FileId,
    line: Line<'r, P>,
    entitlement: Search<'r, P, Entitlement>,
    file: Search<'r, P, FileRecord>,
    refusal: Option<Refusal>,
    /// When what is kept was last looked at.
    now: UnixTime,
}

/// Whether the origin's word on the file has just refused somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Refusal {
    Noted,
    NotNoted,
}

impl<'r, P: Platform> Inquiry<'r, P> {
    /// Looks at what is kept of both.
    pub fn begin(platform: &mut P, requester: &'r Requester<'r>, id: &'r FileId) -> Self {
        let freshness = requester.policy.freshness;
        let subject = requester.subject();
        let entitlement = requester.user.cache_key();
        Self {
            id,
            line: Line::of(requester),
            entitlement: Search::begin(platform, entitlement, freshness.entitlement, subject),
            file: Search::begin(platform, key_of_file("file", id, ""), freshness.file, id),
            refusal: None,
            now: platform.now(),
        }
    }

    /// What the user may read. Where the origin has to be asked, it is asked for the file's record
    /// as well, unless what is at hand will do.
    ///
    /// # Errors
    /// [`SESSION_MISSING`], [`refusal::TOKEN_REVOKED`], [`refusal::UNAVAILABLE`].
    pub fn entitlement(&mut self, platform: &mut P) -> Result<Known<Entitlement>, Denial> {
        if !self.entitlement.end_with_fresh_copy(self.now) {
            self.ask_for_entitlement(platform);
            let at_hand = self.entitlement.copied(self.now).cloned();
            if self.settled(platform, at_hand.as_ref()).is_none() {
                self.ask_for_file(platform, at_hand.as_ref());
            }
            let mut pauses = Pauses::new();
            loop {
                self.entitlement.step(platform, &mut self.line);
                self.file.step(platform, &mut self.line);
                if !self.entitlement.is_under_way() {
                    break;
                }
                pauses.pause(platform);
            }
            self.now = platform.now();
        }
        let known = refusal::known(self.entitlement.got(), &SESSION_MISSING);
        if known.is_err() {
            self.file.give_up(platform);
        }
        known
    }

    /// The record of the file, for a user who has that entitlement. One that it does not admit is
    /// the origin's word of just now.
    ///
    /// # Errors
    /// [`FILE_UNKNOWN`], [`refusal::TOKEN_REVOKED`], [`refusal::UNAVAILABLE`].
    pub fn file(
        &mut self,
        platform: &mut P,
        entitlement: &Known<Entitlement>,
    ) -> Result<Known<FileRecord>, Denial> {
        let entitlement = &entitlement.document;
        if !self.file.is_under_way() && self.file.got().is_none() {
            match self.settled(platform, Some(entitlement)) {
                Some(from) => self.file.end_with_copy(from),
                None => self.ask_for_file(platform, Some(entitlement)),
            }
        }
        self.file.finish(platform, &mut self.line);
        self.note_refusal(platform, entitlement);
        self.known_file(entitlement)
            .map_err(|denial| denial.at(&RECORD))
    }

    /// The record, unless it is a spare that does not let the user in: then there might as well be
    /// none, and whatever the trouble is, it is told in the same way.
    fn known_file(&self, entitlement: &Entitlement) -> Result<Known<FileRecord>, Denial> {
        let file = refusal::known(self.file.got(), &FILE_UNKNOWN)?;
        match self.file.got().and_then(|got| got.trouble) {
            Some(trouble) if !self.admits(Some(entitlement), &file.document) => {
                Err(refusal::in_trouble(trouble))
            }
            _ => Ok(file),
        }
    }

    /// The record of a file that is not where it should be. The origin is asked once more, unless
    /// its word is of just now: many may find out at the same time.
    ///
    /// # Errors
    /// As [`Inquiry::file`]; and as long as the origin is in trouble, nobody knows better.
    pub fn file_anew(&mut self, platform: &mut P) -> Result<Known<FileRecord>, Denial> {
        self.now = platform.now();
        let at_hand = self.file.got();
        if at_hand.is_some_and(|got| got.from == Provenance::Cache) {
            let entitlement = self.entitlement.found().cloned();
            self.ask_for_file(platform, entitlement.as_ref());
            self.file.finish(platform, &mut self.line);
        }
        let outcome = match self.file.got().and_then(|got| got.trouble) {
            Some(trouble) => Err(refusal::in_trouble(trouble)),
            None => refusal::known(self.file.got(), &FILE_UNKNOWN),
        };
        outcome.map_err(|denial| denial.at(&RECORD))
    }

    /// Where the copy of the record comes from, if it decides for somebody with that entitlement:
    /// who may read the file, or else is refused as others have just been.
    fn settled(
        &mut self,
        platform: &mut P,
        entitlement: Option<&Entitlement>,
    ) -> Option<Provenance> {
        if let Some((Finding::Found(file), from)) = self.file.copy(self.now)
            && self.admits(entitlement, file)
        {
            return (from != Provenance::Spare).then_some(from);
        }
        let key = key_of_file("refused file", self.id, "");
        let noted = *(self.refusal).get_or_insert_with(|| match platform.recall(&key) {
            Some(_) => Refusal::Noted,
            None => Refusal::NotNoted,
        });
        let is_known = self.file.copy(self.now).is_some();
        (is_known && noted == Refusal::Noted).then_some(Provenance::Origin)
    }

    /// Notes that the origin's word of just now refuses somebody who has that entitlement.
    fn note_refusal(&mut self, platform: &mut P, entitlement: &Entitlement) {
        let is_refusal = match self.file.got() {
            Some(Got {
                finding: Finding::Found(file),
                from: Provenance::Origin,
                ..
            }) => !self.admits(Some(entitlement), file),
            Some(Got {
                finding: Finding::Absent,
                from: Provenance::Origin,
                ..
            }) => true,
            _ => false,
        };
        if is_refusal && self.refusal != Some(Refusal::Noted) {
            let entry = Entry::new(b"refused".to_vec(), JUST_NOW_SECONDS);
            platform.keep(&key_of_file("refused file", self.id, ""), entry);
            self.refusal = Some(Refusal::Noted);
        }
    }

    fn admits(&self, entitlement: Option<&Entitlement>, file: &FileRecord) -> bool {
        let user = self.line.requester.user;
        entitlement.map_or(file.public, |entitlement| {
            entitlement.admits(user.issuer(), user.subject(), file)
        })
    }

    #[cold]
    fn ask_for_entitlement(&mut self, platform: &mut P) {
        let has_spare = self.entitlement.copied(self.now).is_some();
        let question = Question {
            call: Call::post(endpoint::ENTITLEMENTS, None),
            key: self
                .line
                .requester
                .key_of_token("asking for entitlement", ""),
            tells_of_outage: true,
        };
        (self.entitlement).ask(platform, &mut self.line, question, has_spare);
    }

    #[cold]
    fn ask_for_file(&mut self, platform: &mut P, entitlement: Option<&Entitlement>) {
        let copied = self.file.copied(self.now);
        let has_spare = copied.is_some_and(|file| self.admits(entitlement, file));
        let (path, query) = endpoint::of_file(self.id);
        let question = Question {
            call: Call {
                method: Method::GET,
                path,
                query,
            },
            key: match has_spare {
                true => key_of_file("asking for file", self.id, ""),
                // What readers are told is not for strangers' ears, and who is a stranger shows
                // only later. So each asks alone.
                false => {
                    let user = self.line.requester.user.cache_key();
                    key_of_file("asking for file", self.id, user.as_str())
                }
            },
            tells_of_outage: true,
        };
        self.file.ask(platform, &mut self.line, question, has_spare);
    }
}

fn key_of_file(kind: &'static str, id: &FileId, detail: &str) -> CacheKey {
    let version = id.version.as_ref().map(|version| version.as_str());
    let parts = [
        id.catalog.as_str(),
        id.uuid.as_str(),
        version.unwrap_or_default(),
        detail,
    ];
    CacheKey::of(kind, &parts)
}

#[cfg(test)]
mod tests;
