//! Delivery status notifications: RFC 3464, and what servers that do not follow it write instead.

mod fields;
mod guess;

use std::fmt::{self, Display};

use mail_parser::MimeHeaders;

use super::own_id::{MessageId, NoticeId, OwnReference, notice_of_bounce_address};
use super::parts::{self, Leaf};
use super::{Arrived, Door};

/// The most recipients that are read from one notification.
const MOST_RECIPIENTS: usize = 100;
/// The most characters kept of what a server said.
const MOST_OF_DIAGNOSTIC: usize = 500;

/// A report of what became of a message that was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounce {
    /// The notice it is about, from the address the report was sent to, or else from the Message-ID returned.
    pub notice: Option<NoticeId>,
    /// The Message-ID of the message it is about.
    pub original: Option<MessageId>,
    /// The server that reports, as it names itself.
    pub reported_by: Option<String>,
    /// What became of the message for each recipient named; empty if the report names none.
    pub recipients: Vec<Returned>,
}

/// What became of a message for one recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returned {
    /// The address it could not reach in the end, which may not be the one we wrote.
    pub final_recipient: Option<String>,
    /// The address we wrote, if the server says it.
    pub original_recipient: Option<String>,
    /// What happened.
    pub action: Action,
    /// The status code.
    pub status: Option<Status>,
    /// What the server said, on one line and cut short.
    pub diagnostic: Option<String>,
}

/// What happened to a message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Action {
    /// It was not delivered and will not be.
    Failed,
    /// It was not delivered yet; the server goes on trying.
    Delayed,
    /// It was delivered.
    Delivered,
    /// It was passed on to a server that does not report.
    Relayed,
    /// It was delivered to a list and passed on from there.
    Expanded,
    /// The report does not say.
    #[default]
    Unknown,
}

/// An enhanced status code (RFC 3463), such as `5.1.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Status {
    /// 2 for success, 4 for a passing failure, 5 for a lasting one.
    pub class: u8,
    /// What it is about: 1 the address, 2 the mailbox, 7 a policy.
    pub subject: u16,
    /// What about it.
    pub detail: u16,
}

/// How long a failure lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lasting {
    /// The address cannot be written to: nobody there, or no such place.
    Permanent,
    /// It may work later, or another message may get through: a full mailbox, a refusal of this message.
    Passing,
    /// Nothing failed.
    NoFailure,
}

impl Status {
    /// Reads a code; whatever follows it is passed over.
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.split_whitespace().next()?;
        let mut numbers = code.split('.');
        let mut next = |most: usize| {
            let digits = numbers.next().filter(|digits| (1..=most).contains(&digits.len()))?;
            digits.chars().all(|c| c.is_ascii_digit()).then(|| digits.parse::<u16>().ok())?
        };
        let (class, subject, detail) = (next(1)?, next(3)?, next(3)?);
        let class = u8::try_from(class).ok().filter(|class| matches!(class, 2 | 4 | 5))?;
        numbers.next().is_none().then_some(Self { class, subject, detail })
    }
}

impl Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

impl Returned {
    /// The address the report is about: the one we wrote if it is named, else the final one.
    pub fn address(&self) -> Option<&str> {
        self.original_recipient.as_deref().or(self.final_recipient.as_deref())
    }

    /// How long the failure lasts.
    ///
    /// Permanent is a final failure whose status speaks of the address (`5.1.x`), of a mailbox that is disabled
    /// (`5.2.1`) or of a host or route that does not exist (`5.4.x` but `5.4.7`, which is only a time run out), or a
    /// final failure that gives no status at all. A full mailbox (`x.2.2`) and refusals by size, content or policy may
    /// pass.
    pub fn lasting(&self) -> Lasting {
        let failed = match self.action {
            Action::Failed => true,
            Action::Unknown => self.status.is_none_or(|status| status.class != 2),
            Action::Delayed => return Lasting::Passing,
            Action::Delivered | Action::Relayed | Action::Expanded => false,
        };
        match self.status {
            _ if !failed => Lasting::NoFailure,
            None | Some(Status { class: 5, subject: 0, .. }) if self.action == Action::Failed => Lasting::Permanent,
            Some(Status { class: 5, subject: 1, .. } | Status { class: 5, subject: 2, detail: 1 }) => {
                Lasting::Permanent
            }
            Some(Status { class: 5, subject: 4, detail }) if detail != 7 => Lasting::Permanent,
            _ => Lasting::Passing,
        }
    }
}

/// Reads a report, if the message is one.
pub(super) fn read(arrived: &Arrived, leaves: &[Leaf<'_>], door: &Door) -> Option<Bounce> {
    let addresses = arrived.to.iter().map(|mailbox| mailbox.address.as_str());
    let mut addresses = addresses.chain(arrived.delivered_to.iter().map(String::as_str));
    let by_address = addresses.find_map(|address| notice_of_bounce_address(address, door));
    let status = leaves.iter().find(|leaf| leaf.declared().ends_with("/delivery-status") || is_global_status(leaf));
    let mut bounce = match status {
        Some(leaf) => fields::read(&body_text(leaf)),
        None if by_address.is_some() || guess::looks_like_bounce(arrived) => guess::read(arrived, door),
        None => return None,
    };
    if status.is_none() && by_address.is_some() && arrived.is_answer_by_robot() {
        return None;
    }
    bounce.original = original(arrived, leaves, door);
    let by_id = || bounce.original.as_ref().and_then(|id| OwnReference::of(id, door)?.notice().cloned());
    bounce.notice = by_address.or_else(by_id);
    Some(bounce)
}

fn is_global_status(leaf: &Leaf<'_>) -> bool {
    leaf.declared() == "message/global-delivery-status"
}

/// The Message-ID of the message returned, from its headers, or else from what the report answers or quotes.
fn original(arrived: &Arrived, leaves: &[Leaf<'_>], door: &Door) -> Option<MessageId> {
    let mut returned = leaves.iter().filter(|leaf| {
        matches!(
            leaf.declared().as_str(),
            "message/rfc822" | "text/rfc822-headers" | "message/global" | "message/global-headers"
        )
    });
    let in_headers = returned.find_map(|leaf| message_id_in(&body_text(leaf)));
    let ours = |id: &&MessageId| OwnReference::of(id, door).is_some();
    in_headers
        .or_else(|| arrived.in_reply_to.iter().chain(&arrived.references).find(ours).cloned())
        .or_else(|| guess::message_id_in(&arrived.text))
}

/// The Message-ID in the headers of a returned message.
fn message_id_in(headers: &str) -> Option<MessageId> {
    let (head, _) = parts::head_and_body(headers.as_bytes());
    parts::read_headers(head)?.message_id().and_then(MessageId::parse)
}

/// The beginning of the body of a leaf as text. Servers send these parts without a transfer coding, or in
/// quoted-printable, whose soft line ends do no harm here.
fn body_text(leaf: &Leaf<'_>) -> String {
    const MOST: usize = 128 << 10;
    let body = leaf.body.get(..MOST).unwrap_or(leaf.body);
    let coding = leaf.headers.content_transfer_encoding().unwrap_or_default().to_ascii_lowercase();
    let decoded = match coding.trim() {
        "base64" => mail_parser::decoders::base64::base64_decode(body),
        "quoted-printable" => mail_parser::decoders::quoted_printable::quoted_printable_decode(body),
        _ => None,
    };
    String::from_utf8_lossy(decoded.as_deref().unwrap_or(body)).replace("\r\n", "\n")
}
