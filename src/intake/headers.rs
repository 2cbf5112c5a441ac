//! The headers of an arrived message.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use mail_parser::{Address, HeaderName, HeaderValue, Message};

use super::authentication::Authentication;
use super::finding::Finding;
use super::own_id::{MessageId, OwnReference};
use super::{Arrived, Door, Kind};

/// The most addresses, ids or values that are read from one header.
const MOST: usize = 100;
/// The most characters kept of a subject or a name.
const MOST_CHARACTERS: usize = 300;
/// How much later than its arrival a message may say it was sent; clocks differ.
const MOST_AHEAD: TimeDelta = TimeDelta::days(1);
/// How much earlier than its arrival a message may say it was sent; servers try for five days, and some for a week.
const MOST_BEHIND: TimeDelta = TimeDelta::days(7);

/// A person's or a program's address as a header gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The name, if there is one; on one line.
    pub name: Option<String>,
    /// The address, its domain in lower case.
    pub address: String,
}

/// When a message says it was sent (R12: the clock starts when the proposer sends).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// At this time, which its arrival bears out.
    At(DateTime<Utc>),
    /// It does not say, or in a way that cannot be read.
    NotSaid,
    /// At a time more than a day after it arrived.
    InFuture(DateTime<Utc>),
    /// At a time more than a week before it arrived.
    LongAgo(DateTime<Utc>),
}

impl Sent {
    /// When the message counts as sent: as it says, if that can be believed and is not after its arrival; otherwise when
    /// it arrived.
    pub fn or_received(self, received: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::At(sent) => sent.min(received),
            Self::NotSaid | Self::InFuture(_) | Self::LongAgo(_) => received,
        }
    }

    fn judge(sent: Option<DateTime<Utc>>, received: DateTime<Utc>) -> Self {
        match sent {
            None => Self::NotSaid,
            Some(sent) if sent - received > MOST_AHEAD => Self::InFuture(sent),
            Some(sent) if received - sent > MOST_BEHIND => Self::LongAgo(sent),
            Some(sent) => Self::At(sent),
        }
    }
}

/// Reads the headers; what the body holds is still to come.
pub(super) fn read(headers: &Message<'_>, received: DateTime<Utc>, door: &Door) -> Arrived {
    let mut findings = repeated(headers);
    let message_id = ids(headers, &HeaderName::MessageId).into_iter().next();
    if message_id.is_none() {
        findings.push(Finding::NoMessageId);
    }
    let from = sender(headers, &mut findings);
    let (in_reply_to, references) = (ids(headers, &HeaderName::InReplyTo), ids(headers, &HeaderName::References));
    let answers = in_reply_to.iter().chain(references.iter().rev());
    let mut own: Vec<OwnReference> = Vec::new();
    for reference in answers.filter_map(|id| OwnReference::of(id, door)) {
        if !own.contains(&reference) {
            own.push(reference);
        }
    }
    let to = HeaderName::To;
    let results = texts(headers, &HeaderName::AuthenticationResults);
    Arrived {
        message_id,
        is_from_us: from.as_ref().is_some_and(|from| door.is_own(&from.address)),
        from,
        reply_to: mailboxes(headers, &HeaderName::ReplyTo),
        to: [mailboxes(headers, &to), mailboxes(headers, &HeaderName::Cc)].concat(),
        delivered_to: delivered_to(headers),
        subject: one_line(headers.subject().unwrap_or_default()),
        sent: Sent::judge(headers.date().and_then(instant), received),
        in_reply_to,
        references,
        answers: own,
        text: String::new(),
        attachments: Vec::new(),
        auto_submitted: word(headers, &HeaderName::AutoSubmitted),
        precedence: word(headers, &HeaderName::Other("Precedence".into())),
        list_id: list_id(headers),
        authentication: Authentication::read(results.iter().map(String::as_str), door),
        has_null_sender: has_null_sender(headers),
        has_auto_reply_header: has_auto_reply_header(headers),
        is_receipt: false,
        failed_recipients: failed_recipients(headers),
        findings,
        kind: Kind::Other,
    }
}

/// Headers that may stand once and decide something.
fn repeated(headers: &Message<'_>) -> Vec<Finding> {
    let once = [
        (HeaderName::From, "From"),
        (HeaderName::Date, "Date"),
        (HeaderName::Subject, "Subject"),
        (HeaderName::MessageId, "Message-ID"),
    ];
    let often = once.into_iter().filter(|(header, _)| headers.header_values(header.clone()).count() > 1);
    often.map(|(_, name)| Finding::RepeatedHeader { name }).collect()
}

/// The one address the message is from. With several there is none to trust or to answer.
fn sender(headers: &Message<'_>, findings: &mut Vec<Finding>) -> Option<Mailbox> {
    let mut senders = mailboxes(headers, &HeaderName::From);
    senders.dedup_by(|a, b| a.address == b.address);
    match senders.len() {
        0 => findings.push(Finding::NoSender),
        1 => return senders.pop(),
        count => findings.push(Finding::SeveralSenders { count }),
    }
    None
}

fn mailboxes(headers: &Message<'_>, header: &HeaderName<'static>) -> Vec<Mailbox> {
    let addresses = headers.header_values(header.clone()).filter_map(HeaderValue::as_address);
    addresses.flat_map(Address::iter).filter_map(mailbox).take(MOST).collect()
}

fn mailbox(given: &mail_parser::Addr<'_>) -> Option<Mailbox> {
    let address = plain_address(given.address()?)?;
    let name = given.name().map(one_line).filter(|name| !name.is_empty());
    Some(Mailbox { name, address })
}

/// An address that may stand in an envelope: one `@`, printable, without spaces or brackets.
fn plain_address(text: &str) -> Option<String> {
    let (mailbox, domain) = text.trim().rsplit_once('@')?;
    let sound = |part: &str| !part.is_empty() && part.chars().all(|c| !c.is_whitespace() && !c.is_control());
    let bare = !text.contains(['<', '>', '(', ')', ',', ';', '\\', '"']) && !mailbox.contains('@');
    (sound(mailbox) && sound(domain) && bare && text.len() <= 320)
        .then(|| format!("{mailbox}@{}", domain.to_ascii_lowercase()))
}

fn ids(headers: &Message<'_>, header: &HeaderName<'static>) -> Vec<MessageId> {
    let values = headers.header_values(header.clone());
    let texts = values.flat_map(|value| match value {
        HeaderValue::Text(text) => vec![text.as_ref()],
        HeaderValue::TextList(texts) => texts.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    });
    texts.filter_map(MessageId::parse).take(MOST).collect()
}

fn texts(headers: &Message<'_>, header: &HeaderName<'static>) -> Vec<String> {
    let values = headers.header_values(header.clone()).filter_map(HeaderValue::as_text);
    values.map(str::to_owned).take(MOST).collect()
}

/// The first word of a header, in lower case.
fn word(headers: &Message<'_>, header: &HeaderName<'static>) -> Option<String> {
    let value = texts(headers, header).into_iter().next()?;
    let word = value.split(|c: char| c.is_whitespace() || c == ';').find(|word| !word.is_empty())?;
    Some(word.chars().take(MOST_CHARACTERS).collect::<String>().to_ascii_lowercase())
}

fn has_header(headers: &Message<'_>, name: &'static str) -> bool {
    headers.headers().iter().any(|header| header.name.as_str().eq_ignore_ascii_case(name))
}

fn list_id(headers: &Message<'_>) -> Option<String> {
    let address = headers.list_id().as_address().and_then(Address::first);
    let given = address.and_then(|list| list.address().or_else(|| list.name())).map(one_line);
    given.or_else(|| has_header(headers, "List-Id").then(String::new))
}

/// The addresses that servers say they delivered the message to.
fn delivered_to(headers: &Message<'_>) -> Vec<String> {
    let names = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"];
    let relevant = headers
        .headers()
        .iter()
        .filter(|header| names.iter().any(|name| header.name.as_str().eq_ignore_ascii_case(name)));
    let values = relevant.filter_map(|header| header.value.as_text());
    values.filter_map(|value| plain_address(value.trim().trim_matches(['<', '>']))).take(MOST).collect()
}

/// The recipients that `X-Failed-Recipients` names, which Exim and Gmail write.
fn failed_recipients(headers: &Message<'_>) -> Vec<String> {
    let values = texts(headers, &HeaderName::Other("X-Failed-Recipients".into()));
    values.iter().flat_map(|value| value.split(',')).filter_map(plain_address).take(MOST).collect()
}

/// Whether the server that delivered the message noted an empty envelope sender.
fn has_null_sender(headers: &Message<'_>) -> bool {
    headers.headers_raw().any(|(name, value)| name.eq_ignore_ascii_case("Return-Path") && value.trim() == "<>")
}

fn has_auto_reply_header(headers: &Message<'_>) -> bool {
    ["X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-AutoReply-From"].iter().any(|name| has_header(headers, name))
}

/// Text on one line, without what cannot be seen, cut short.
fn one_line(text: &str) -> String {
    let seen = text.chars().filter(|c| {
        let reorders = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
        !reorders && (!c.is_control() || c.is_whitespace())
    });
    let text: String = seen.take(4 * MOST_CHARACTERS).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(MOST_CHARACTERS).collect()
}

/// The instant that a date of a header names.
fn instant(date: &mail_parser::DateTime) -> Option<DateTime<Utc>> {
    let day = NaiveDate::from_ymd_opt(i32::from(date.year), date.month.into(), date.day.into())?;
    let second = u32::from(date.second).min(59);
    let time = NaiveTime::from_hms_opt(date.hour.into(), date.minute.into(), second)?;
    let ahead = TimeDelta::minutes(i64::from(date.tz_hour) * 60 + i64::from(date.tz_minute));
    if ahead > TimeDelta::hours(15) {
        return None;
    }
    let local = day.and_time(time).and_utc();
    local.checked_sub_signed(if date.tz_before_gmt { -ahead } else { ahead })
}
