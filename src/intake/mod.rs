//! Mail comes in: what arrived, what sort of message it is, and what the mail door does with it.
//!
//! [`read`] takes a raw message apart within bounds, whatever it holds, and reports what was wrong with it as
//! [`Finding`]s. [`Arrived::kind`] says what sort of message it is: a bounce, an answering machine, our own message
//! coming back, something that may hold a filled SIP form. [`decide`] takes that together with what the store knows of
//! the sender and what the forms hold, and says what is done and what is answered. Nothing mailed is lost: what is
//! neither submitted nor recorded is put before a person. An automatic message is never answered.
//!
//! Architecture invariant: this module reads bytes and facts and nothing else. It reads no form, since that belongs to
//! the proposal; it sends nothing; times are arguments.

mod answer;
mod authentication;
mod bounce;
mod contents;
mod door;
mod file_kind;
mod file_name;
mod finding;
mod headers;
mod kind;
mod own_id;
mod parts;

use chrono::{DateTime, Utc};

pub use answer::{
    Act, Answer, Decision, Facts, Fault, FormFact, FormOutcome, Ignored, Queued, Seen, SenderKnown, decide,
};
pub use authentication::{Authentication, CheckResult, Standing, Verdict};
pub use bounce::{Action, Bounce, Lasting, Returned, Status};
pub use contents::Attachment;
pub use door::{Door, Limits};
pub use file_kind::FileKind;
pub use finding::{Finding, NotAMessage};
pub use headers::{Mailbox, Sent};
pub use kind::{Candidate, Kind, Sign};
pub use own_id::{MessageId, NoticeId, OwnReference};

/// A message as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Its Message-ID.
    pub message_id: Option<MessageId>,
    /// Whom it is from, if that is one address.
    pub from: Option<Mailbox>,
    /// Where answers should go, if it says so.
    pub reply_to: Vec<Mailbox>,
    /// Whom it is to, open copies too.
    pub to: Vec<Mailbox>,
    /// The addresses that servers say they delivered it to.
    pub delivered_to: Vec<String>,
    /// Its subject, on one line; blank if it has none.
    pub subject: String,
    /// When it says it was sent.
    pub sent: Sent,
    /// The messages it answers.
    pub in_reply_to: Vec<MessageId>,
    /// The messages of its thread, the oldest first.
    pub references: Vec<MessageId>,
    /// What of ours it refers to, the nearest first.
    pub answers: Vec<OwnReference>,
    /// Its text, lines parted by line feeds; made from the web page if there is no plain text.
    pub text: String,
    /// What came with it.
    pub attachments: Vec<Attachment>,
    /// `Auto-Submitted`, its first word in lower case.
    pub auto_submitted: Option<String>,
    /// `Precedence`, its first word in lower case.
    pub precedence: Option<String>,
    /// The mailing list it came through.
    pub list_id: Option<String>,
    /// What trusted servers found out about who sent it.
    pub authentication: Authentication,
    /// Whether it came with an empty envelope sender.
    pub has_null_sender: bool,
    /// Whether it has a header that only answering machines write.
    pub has_auto_reply_header: bool,
    /// Whether it reports that a message was read.
    pub is_receipt: bool,
    /// Whether it is from an address that we send from.
    pub is_from_us: bool,
    /// The recipients that its server names as failed.
    pub failed_recipients: Vec<String>,
    /// What was found wrong with it.
    pub findings: Vec<Finding>,
    /// What sort of message it is.
    pub kind: Kind,
}

impl Arrived {
    /// Whether the sender is who the message says.
    pub fn standing(&self) -> Standing {
        self.from.as_ref().map_or(Standing::Unproven, |from| self.authentication.standing(&from.address))
    }

    fn take_in(&mut self, raw: &[u8], door: &Door) {
        let leaves = parts::leaves(raw, &door.limits, &mut self.findings);
        let contents = contents::contents(&leaves, &door.limits, &mut self.findings);
        (self.text, self.attachments) = (contents.text, contents.attachments);
        self.is_receipt = leaves.iter().any(|leaf| leaf.declared().ends_with("disposition-notification"));
        let bounce = bounce::read(self, &leaves, door);
        self.kind = bounce.map_or_else(|| self.kind_without_bounce(), Kind::Bounce);
    }
}

/// Takes a raw message apart. `received` is when it arrived.
///
/// The work is bounded by `door.limits` whatever the message holds; what was cut off or could not be read is said in
/// [`Arrived::findings`].
///
/// # Errors
///
/// [`NotAMessage`] for bytes that are no message at all.
pub fn read(raw: &[u8], received: DateTime<Utc>, door: &Door) -> Result<Arrived, NotAMessage> {
    let raw = without_envelope_line(raw);
    if raw.trim_ascii().is_empty() {
        return Err(NotAMessage::Empty);
    }
    let limits = door.limits;
    let (head, _) = parts::head_and_body(raw.get(..raw.len().min(limits.headers + 2)).unwrap_or(raw));
    let cut = head.len() > limits.headers;
    let whole_lines = head.iter().rposition(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1);
    let read_head = if cut { head.get(..whole_lines).unwrap_or(head) } else { head };
    let headers =
        parts::read_headers(read_head).filter(|headers| cut || is_message(headers)).ok_or(NotAMessage::NoHeaders)?;
    let mut arrived = headers::read(&headers, received, door);
    if cut {
        arrived.findings.push(Finding::HeadersTooLong { most: limits.headers });
    } else if raw.len() > limits.message {
        arrived.findings.push(Finding::MessageTooLarge { bytes: raw.len(), most: limits.message });
    } else {
        arrived.take_in(raw, door);
        return Ok(arrived);
    }
    arrived.kind = arrived.kind_without_bounce();
    Ok(arrived)
}

/// Whether there is any header that a message has: any text with a colon in its first line looks like a header.
fn is_message(headers: &mail_parser::Message<'_>) -> bool {
    use mail_parser::HeaderName::{Date, From, MessageId, Received, Subject, To};
    [From, To, Subject, Date, MessageId, Received].into_iter().any(|name| headers.header(name).is_some())
}

/// The message without the `From ` line that mailbox files put before it, and without blank lines.
fn without_envelope_line(raw: &[u8]) -> &[u8] {
    let raw = raw.trim_ascii_start();
    match raw.starts_with(b"From ").then(|| raw.iter().position(|byte| *byte == b'\n')).flatten() {
        Some(end) => raw.get(end + 1..).unwrap_or_default(),
        None => raw,
    }
}
