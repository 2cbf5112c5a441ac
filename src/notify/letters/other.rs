//! Letters that are about no single case.

use serde::{Deserialize, Serialize};

use super::Why;
use crate::notify::link::Link;

/// Bank holidays have changed, and with them dates that people were told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankHolidaysChanged {
    /// The edition now in use.
    pub edition: String,
    /// The dates that have moved.
    pub moved: Vec<MovedDate>,
    /// Why they have.
    pub reason: String,
    /// The page that lists them.
    pub link: Link,
}

/// A date that has moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedDate {
    /// What the case is known as.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// What is due.
    pub clock: String,
    /// The date it was due, in words.
    pub due_words: String,
    /// The date it is due now, in words.
    pub would_be_words: String,
}

/// A consultation of the cycle is to be prepared; SECAS is told (R17, R28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationDue {
    /// The last day to send a SIP that is to be in it, in words.
    pub cut_off: String,
    /// The day it is announced, in words.
    pub announced: String,
    /// The day it opens, in words.
    pub opens: String,
    /// The day it closes, in words.
    pub closes: String,
    /// The day by which the collated responses go to the deciding body, in words.
    pub referral: String,
    /// How each date was reached.
    pub explanation: Vec<String>,
    /// Where Quorate runs.
    pub link: Link,
    /// Why the recipient gets it.
    pub why: Why,
}

/// The contacts of a Party are to be looked at, as every year (R33).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactsReview {
    /// The name of the Party.
    pub party: String,
    /// The names of its contacts.
    pub contacts: Vec<String>,
    /// Where Quorate runs.
    pub link: Link,
    /// Why the recipient gets it.
    pub why: Why,
}

/// Mail to someone does not arrive; SECAS is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailProblem {
    /// Whom it should have reached.
    pub name: String,
    /// The address.
    pub email: String,
    /// The Party they belong to, where they do.
    pub party: Option<String>,
    /// What the mail server said.
    pub said: String,
    /// Since when, in words.
    pub since: String,
    /// What they have not been told: subjects of notices, with the reference of the case.
    pub untold: Vec<String>,
    /// The page where the address is mended.
    pub link: Link,
    /// Why the recipient gets it.
    pub why: Why,
}

/// Shows that mail can be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestLetter {
    /// Who asked for it.
    pub asked_by: String,
    /// When, in words.
    pub at: String,
    /// Where Quorate runs.
    pub link: Link,
}
