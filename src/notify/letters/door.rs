//! What people are answered who send a SIP form, or something else, by e-mail (R11, R12).

use serde::{Deserialize, Serialize};

use super::case::CaseLine;
use crate::notify::link::Link;

/// The form was read and the SIP has been submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormReceived {
    /// The provisional reference, by which it is known until it has a number.
    pub reference: String,
    /// Title of the SIP.
    pub title: String,
    /// The day it counts as sent, in words.
    pub sent_on: String,
    /// By when DCC confirms receipt, as in `by ...`.
    pub acknowledged_by: String,
    /// Names of the files kept with it.
    pub files: Vec<String>,
    /// The page of the SIP.
    pub link: Link,
}

/// The form was read, but the message does not prove who sent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormConfirmSender {
    /// Title of the SIP.
    pub title: String,
    /// The day it counts as sent once confirmed, in words.
    pub sent_on: String,
    /// Confirms it.
    pub link: Link,
    /// Until when it can be confirmed, as in `by ...`.
    pub until: String,
}

/// The form was read and something in it is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFaulty {
    /// Name of the file.
    pub file: String,
    /// What is wrong, in the order of the form.
    pub problems: Vec<FormProblem>,
    /// The page where a SIP can be sent instead.
    pub link: Link,
}

/// Something wrong with a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormProblem {
    /// The label of the field.
    pub field: String,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: Option<String>,
}

/// A file came that could not be read as a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormUnreadable {
    /// Name of the file.
    pub file: String,
    /// Why it could not be read.
    pub what: String,
    /// How to mend it.
    pub mend: Option<String>,
    /// The page where a SIP can be sent instead.
    pub link: Link,
}

/// The form came from someone who may not send a SIP by e-mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormNotNominated {
    /// The address it came from.
    pub email: String,
    /// The Party it seems to belong to, where it does.
    pub party: Option<String>,
    /// The page that says how contacts are nominated.
    pub link: Link,
}

/// A message came that holds no form, or that cannot be acted on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailNotUnderstood {
    /// The subject of the message.
    pub subject: String,
    /// How many forms it holds, where it holds several.
    pub several_forms: Option<usize>,
    /// The case it is a reply about, where it is a reply to a notice.
    pub reply_about: Option<CaseLine>,
    /// How large it may be, where it is larger, for example `20 MB`.
    pub too_large: Option<String>,
    /// Where people write whom people answer.
    pub mailbox: String,
    /// The page where a SIP can be sent.
    pub link: Link,
}
