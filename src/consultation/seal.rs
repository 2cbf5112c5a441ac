//! The digest by which anybody who holds a collation can see that no word of it was altered (R36).
//!
//! It is the SHA-256 of every text of the collation in its order, each written as a netstring: its length in bytes, a
//! colon, the text, a comma. Lists are preceded by the number of their items.

use std::fmt::Write;

use chrono::SecondsFormat;
use sha2::{Digest, Sha256};

use super::answers::Attachment;
use super::pack::{
    Aside, Audience, Collation, Comment, Felt, QuestionTable, Respondent, Row, Section, Shown, Timing, WhyAside,
};

/// What the digest of a collation says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// It is the whole, and no word of it was altered.
    Whole,
    /// It is the copy for the public, and no word of it was altered.
    PublicCopy,
    /// It is not what was collated.
    Altered {
        /// The digest it states.
        stated: String,
        /// The digest of what it holds.
        found: String,
    },
}

impl Collation {
    /// Whether what it holds is what was collated.
    pub fn verify(&self) -> Verified {
        let found = self.recomputed();
        let sound = match self.audience {
            Audience::DecidingBody => found == self.digest && self.digest == self.whole_digest,
            Audience::Public => found == self.digest,
        };
        match self.audience {
            Audience::DecidingBody if sound => Verified::Whole,
            Audience::Public if sound => Verified::PublicCopy,
            _ => Verified::Altered { stated: self.digest.clone(), found },
        }
    }

    /// The digest of what it holds, in hexadecimal.
    pub fn recomputed(&self) -> String {
        let mut text = String::with_capacity(64);
        for byte in Sha256::digest(self.canonical().as_bytes()) {
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// Every text of it in order, from which the digest is taken.
    pub fn canonical(&self) -> String {
        let mut text = Netstrings(String::new());
        text.add("quorate-collation-1");
        text.add(match self.audience {
            Audience::DecidingBody => "whole",
            Audience::Public => "public",
        });
        if self.audience == Audience::Public {
            text.add(&self.whole_digest);
        }
        text.add(self.salt.as_deref().unwrap_or_default());
        text.add(&self.title.reference);
        text.add(&self.title.title);
        text.add(&self.title.opens_on.to_string());
        text.add(&self.title.closes_on.to_string());
        text.list(&self.sections, Netstrings::section);
        text.list(&self.comments, Netstrings::comment);
        text.list(&self.reasons, |text, (respondent, part, reason)| {
            text.respondent(respondent);
            text.add(part);
            text.add(reason.as_str());
        });
        text.list(&self.aside, Netstrings::aside);
        text.list(&self.silent, Netstrings::respondent);
        text.0
    }
}

/// Texts put one after another so that nothing can pass for anything else.
struct Netstrings(String);

impl Netstrings {
    fn add(&mut self, text: &str) {
        let _ = write!(self.0, "{}:{text},", text.len());
    }

    fn list<T>(&mut self, items: &[T], each: impl Fn(&mut Self, &T)) {
        self.add(&items.len().to_string());
        for item in items {
            each(self, item);
        }
    }

    fn section(&mut self, section: &Section) {
        self.add(section.sip.as_ref().map_or("", |sip| sip.as_str()));
        self.add(&section.title);
        self.add(section.left.as_ref().map_or("", |left| left.as_str()));
        self.list(&section.questions, Self::question);
        self.list(&section.felt, Self::felt);
    }

    fn question(&mut self, table: &QuestionTable) {
        let question = &table.question;
        self.add(&question.number.to_string());
        self.add(question.question.text.as_str());
        self.add(question.question.prompt.as_ref().map_or("", |prompt| prompt.as_str()));
        self.list(&table.rows, Self::row);
    }

    fn row(&mut self, row: &Row) {
        self.respondent(&row.respondent);
        self.timing(row.timing);
        self.shown(&row.answer);
        self.shown(&row.rationale);
        self.attachments(&row.attachments);
    }

    fn felt(&mut self, felt: &Felt) {
        self.respondent(&felt.respondent);
        self.timing(felt.timing);
        self.shown(&felt.impact);
        self.shown(&felt.cost);
    }

    fn comment(&mut self, comment: &Comment) {
        self.respondent(&comment.respondent);
        self.timing(comment.timing);
        self.shown(&comment.comments);
        self.attachments(&comment.attachments);
    }

    fn aside(&mut self, aside: &Aside) {
        self.respondent(&aside.respondent);
        self.add(&aside.received_at.to_rfc3339_opts(SecondsFormat::Micros, true));
        match &aside.why {
            WhyAside::Undecided => self.add("undecided"),
            WhyAside::NotAdmitted { reason } => {
                self.add("not admitted");
                self.add(reason.as_str());
            }
        }
    }

    fn respondent(&mut self, respondent: &Respondent) {
        self.add(respondent.party.as_str());
        self.add(&respondent.name);
        self.add(&respondent.category.to_string());
    }

    fn timing(&mut self, timing: Timing) {
        self.add(match timing {
            Timing::InTime => "in time",
            Timing::Late => "late",
        });
    }

    fn shown(&mut self, shown: &Shown<String>) {
        self.standing(shown);
        self.add(shown.shown().map_or("", String::as_str));
    }

    fn attachments(&mut self, shown: &Shown<Vec<Attachment>>) {
        self.standing(shown);
        self.list(shown.shown().map_or(&[], Vec::as_slice), |text, attachment: &Attachment| {
            text.add(attachment.name.as_str());
            text.add(&attachment.digest);
        });
    }

    fn standing<T>(&mut self, shown: &Shown<T>) {
        self.add(match shown {
            Shown::Given(_) => "given",
            Shown::Confidential(_) => "confidential",
            Shown::Withheld => "withheld",
        });
    }
}
