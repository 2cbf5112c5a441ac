//! What sort of message arrived.

use super::bounce::Bounce;
use super::file_kind::{FileKind, looks_like_form};
use super::own_id::OwnReference;
use super::{Arrived, Attachment};

/// What sort of message arrived. The first that fits, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A report of what became of a message that we sent.
    Bounce(Bounce),
    /// Our own message coming back.
    OwnNotice,
    /// Sent by a program: out of office, a receipt, a list. It is never answered.
    AutoReply(Sign),
    /// It holds what may be a filled SIP form: see [`Arrived::candidates`].
    Submission,
    /// Somebody answers a message of ours.
    ReplyToNotice,
    /// Anything else.
    Other,
}

/// How a message shows that a program sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// `Auto-Submitted` says so (RFC 3834).
    AutoSubmitted,
    /// `Precedence` is `bulk`, `junk`, `list` or `auto_reply`.
    Precedence,
    /// It came through a mailing list.
    List,
    /// A header that answering machines use.
    Header,
    /// It has no envelope sender, so that nobody should answer it.
    NullSender,
    /// It reports that something was read or deleted.
    Receipt,
    /// The subject is that of an answering machine and it answers a message of ours.
    Subject,
}

/// What may be a filled SIP form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Candidate<'a> {
    /// A Word document.
    Docx(&'a Attachment),
    /// A text with the fields of the form as YAML.
    Yaml(&'a Attachment),
    /// The message itself, with the fields of the form as YAML.
    Text(&'a str),
}

impl Candidate<'_> {
    /// What a person would call it: the file name, or the text of the message.
    pub fn name(&self) -> &str {
        match self {
            Self::Docx(file) | Self::Yaml(file) => &file.name,
            Self::Text(_) => "the text of the message",
        }
    }
}

impl Arrived {
    /// Everything that may be a filled SIP form, attachments first.
    pub fn candidates(&self) -> Vec<Candidate<'_>> {
        let files = self.attachments.iter().filter_map(|file| match file.kind {
            FileKind::Docx => Some(Candidate::Docx(file)),
            FileKind::FormAsYaml => Some(Candidate::Yaml(file)),
            FileKind::Text if has_yaml_name(&file.name) => Some(Candidate::Yaml(file)),
            _ => None,
        });
        let text = looks_like_form(&self.text).then_some(Candidate::Text(&self.text));
        files.chain(text).collect()
    }

    /// The sign of a program, if a program sent the message.
    pub(super) fn sign(&self) -> Option<Sign> {
        let automatic = self.auto_submitted.as_deref().is_some_and(|value| value != "no");
        let bulk = matches!(self.precedence.as_deref(), Some("bulk" | "junk" | "list" | "auto_reply"));
        match () {
            () if self.is_receipt => Some(Sign::Receipt),
            () if automatic => Some(Sign::AutoSubmitted),
            () if self.list_id.is_some() => Some(Sign::List),
            () if bulk => Some(Sign::Precedence),
            () if self.has_auto_reply_header => Some(Sign::Header),
            () if self.has_null_sender => Some(Sign::NullSender),
            () if has_auto_reply_subject(&self.subject) && !self.answers.is_empty() => Some(Sign::Subject),
            () => None,
        }
    }

    /// Whether the message is a person's answering machine and not a report of a server.
    pub(super) fn is_answer_by_robot(&self) -> bool {
        let replied = self.auto_submitted.as_deref().is_some_and(|value| value.starts_with("auto-replied"));
        let to_person = self.failed_recipients.is_empty();
        to_person && (self.is_receipt || has_auto_reply_subject(&self.subject) || self.has_auto_reply_header)
            || replied && has_auto_reply_subject(&self.subject)
    }

    pub(super) fn kind_without_bounce(&self) -> Kind {
        match self.sign() {
            _ if self.is_from_us => Kind::OwnNotice,
            Some(sign) => Kind::AutoReply(sign),
            None if !self.candidates().is_empty() => Kind::Submission,
            None if !self.answers.is_empty() => Kind::ReplyToNotice,
            None => Kind::Other,
        }
    }

    /// The case whose thread the message belongs to, by its reference in lower case, if it names one.
    pub fn case(&self) -> Option<&str> {
        self.answers.iter().find_map(|reference| match reference {
            OwnReference::Case(reference) => Some(reference.as_str()),
            OwnReference::Notice(_) => None,
        })
    }
}

fn has_yaml_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("yaml" | "yml"))
}

fn has_auto_reply_subject(subject: &str) -> bool {
    const BEGINNINGS: [&str; 8] = [
        "automatic reply",
        "auto reply",
        "auto-reply",
        "autoreply",
        "out of office",
        "out of the office",
        "out-of-office",
        "on leave:",
    ];
    let subject = subject.trim_start().to_lowercase();
    BEGINNINGS.iter().any(|beginning| subject.starts_with(beginning))
}
