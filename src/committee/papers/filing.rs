//! What every paper carries: its reference, who may see it, its date and the body that issues it.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::calendar::date_words;
use crate::document::{Document, Properties};

/// What a paper is filed under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// Its reference, such as `OPSG_52_0602_03`.
    pub reference: String,
    /// Who may see it.
    pub classification: Classification,
    /// The London date of the paper.
    pub date: NaiveDate,
    /// The body that issues it, such as `SECAS`.
    pub author: String,
}

/// Who may see a paper, under the Panel Information Policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// The colour, such as `White`.
    pub colour: String,
    /// What may be done with the paper, as the end of a sentence.
    pub meaning: String,
}

/// One sitting of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// The body, such as `Operations Group`.
    pub body: String,
    /// Its number, or other reference, such as `52`.
    pub number: String,
    /// The London date on which it meets.
    pub on: NaiveDate,
}

/// The reference of a paper at a meeting: body, number of the meeting, its day and month, and the item, as in
/// `OPSG_52_0602_03`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaperReference(String);

/// A paper cannot be given such a reference.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PaperReferenceError {
    /// The abbreviation of the body cannot stand in a reference.
    #[error("{given:?} cannot stand for a body in a paper reference; write 2 to 12 capitals, such as OPSG")]
    Body {
        /// The beginning of what was given.
        given: String,
    },
}

impl PaperReference {
    /// The reference of an item at a meeting. `body` is the abbreviation of the body in capitals.
    ///
    /// # Errors
    ///
    /// [`PaperReferenceError::Body`] for anything but 2 to 12 capital letters.
    pub fn new(body: &str, meeting: u32, on: NaiveDate, item: u32) -> Result<Self, PaperReferenceError> {
        if !(2..=12).contains(&body.len()) || !body.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Err(PaperReferenceError::Body { given: body.chars().take(40).collect() });
        }
        Ok(Self(format!("{body}_{meeting}_{:02}{:02}_{item:02}", on.day(), on.month())))
    }
}

impl fmt::Display for PaperReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Classification {
    /// For everybody.
    pub fn white() -> Self {
        Self {
            colour: "White".to_owned(),
            meaning: "it may be shared with the public, and any member may publish it, subject to copyright".to_owned(),
        }
    }

    /// For the members of a body and those who advise it.
    pub fn for_members() -> Self {
        Self { colour: "Green".to_owned(), meaning: "it is for the members of the body and their advisers".to_owned() }
    }

    /// What it means, as a sentence that stands in the paper.
    pub(super) fn sentence(&self) -> String {
        format!("This document is classified as {} under the Panel Information Policy: {}.", self.colour, self.meaning)
    }
}

impl Sitting {
    /// The meeting in words, such as `Operations Group, meeting 52, Friday 6 February 2026`.
    pub(super) fn words(&self) -> String {
        let Self { body, number, on } = self;
        if number.is_empty() {
            return format!("{body}, {}", date_words(*on));
        }
        format!("{body}, meeting {number}, {}", date_words(*on))
    }
}

impl Filing {
    /// A document of this filing that says nothing yet.
    pub(super) fn document(&self, title: impl Into<String>) -> Document {
        let properties = Properties {
            reference: self.reference.clone(),
            classification: self.classification.colour.clone(),
            date: self.date,
            author: self.author.clone(),
        };
        Document::new(title, properties)
    }
}

/// A date as papers print it, such as `6 February 2026`.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}
