//! Reports of servers that do not follow RFC 3464: what can be told from sender, subject and text.

use super::{Action, Bounce, MOST_OF_DIAGNOSTIC, MOST_RECIPIENTS, Returned, Status, fields};
use crate::intake::own_id::MessageId;
use crate::intake::{Arrived, Door};

/// The most lines of text that are searched.
const MOST_LINES: usize = 400;

/// How the mailboxes are called that servers report from.
const ROBOTS: [&str; 4] = ["mailer-daemon", "mailerdaemon", "mail-daemon", "postmaster"];

/// How the subjects of reports begin or what they hold, in lower case.
const SUBJECTS: [&str; 14] = [
    "undeliver",
    "returned mail",
    "returned to sender",
    "failure notice",
    "mail delivery fail",
    "mail delivery system",
    "delivery status notification",
    "delivery failure",
    "delivery has failed",
    "non delivery",
    "non-delivery",
    "delivery notification",
    "message not delivered",
    "could not be delivered",
];

/// Whether sender and subject are those of a report.
pub(super) fn looks_like_bounce(arrived: &Arrived) -> bool {
    let subject = arrived.subject.to_lowercase();
    let about_delivery = SUBJECTS.iter().any(|words| subject.contains(words));
    let mailbox = arrived.from.as_ref().and_then(|from| from.address.split('@').next());
    let by_robot = mailbox.is_some_and(|name| ROBOTS.iter().any(|robot| name.eq_ignore_ascii_case(robot)));
    let named_failures = !arrived.failed_recipients.is_empty();
    named_failures || (about_delivery && (by_robot || arrived.has_null_sender))
}

/// What can be told of the recipients.
pub(super) fn read(arrived: &Arrived, door: &Door) -> Bounce {
    let lines: Vec<_> = arrived.text.lines().take(MOST_LINES).take_while(|line| !begins_original(line)).collect();
    let named = arrived.failed_recipients.iter().cloned();
    let mut addresses: Vec<String> = Vec::new();
    for address in named.chain(lines.iter().flat_map(|line| addresses_in(line))) {
        let known = door.is_own(&address) || addresses.iter().any(|other| other.eq_ignore_ascii_case(&address));
        if !known && !is_robot(&address) && addresses.len() < MOST_RECIPIENTS {
            addresses.push(address);
        }
    }
    if !arrived.failed_recipients.is_empty() {
        addresses.truncate(arrived.failed_recipients.len());
    }
    let status = lines.iter().find_map(|line| status_in(line));
    let said = lines.iter().find(|line| status_in(line).is_some());
    let diagnostic = said.map(|line| line.trim().chars().take(MOST_OF_DIAGNOSTIC).collect::<String>());
    let returned = |address| Returned {
        final_recipient: Some(address),
        original_recipient: None,
        action: Action::Unknown,
        status,
        diagnostic: diagnostic.clone(),
    };
    Bounce { recipients: addresses.into_iter().map(returned).collect(), ..Bounce::default() }
}

/// Whether the copy of the original message begins here.
fn begins_original(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    line.starts_with("---") && (line.contains("copy of") || line.contains("original message"))
}

fn is_robot(address: &str) -> bool {
    let mailbox = address.split('@').next().unwrap_or_default();
    ROBOTS.iter().any(|robot| mailbox.eq_ignore_ascii_case(robot))
}

/// The addresses in a line, with or without angle brackets.
fn addresses_in(line: &str) -> impl Iterator<Item = String> {
    let words = line.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | '\''));
    let words = words.map(|word| word.trim_end_matches([':', '.']).trim_start_matches("mailto:"));
    words.filter(|word| is_address(word)).filter_map(fields::address)
}

fn is_address(word: &str) -> bool {
    let Some((mailbox, domain)) = word.split_once('@') else { return false };
    !mailbox.is_empty() && domain.contains('.') && domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
}

/// A status code in a line: `5.1.1` if there is one, else the class of an SMTP reply such as `550`.
fn status_in(line: &str) -> Option<Status> {
    let words: Vec<_> = line.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|w| w.trim_matches('.')).collect();
    let enhanced = words.iter().filter(|word| word.matches('.').count() == 2).find_map(|word| Status::parse(word));
    enhanced.or_else(|| words.iter().find_map(|word| reply_code(word)))
}

/// The status that stands for a reply of SMTP. `550`, `551` and `553` refuse the mailbox; others say only how long.
fn reply_code(word: &str) -> Option<Status> {
    let code: u16 = word.parse().ok().filter(|_| word.len() == 3)?;
    match code {
        550 | 551 | 553 => Some(Status { class: 5, subject: 1, detail: 0 }),
        552 => Some(Status { class: 5, subject: 2, detail: 2 }),
        554 | 521 | 556 => Some(Status { class: 5, subject: 0, detail: 0 }),
        421 | 450 | 451 | 452 => Some(Status { class: 4, subject: 0, detail: 0 }),
        _ => None,
    }
}

/// The Message-ID in a copy of the original headers within the text.
pub(super) fn message_id_in(text: &str) -> Option<MessageId> {
    let lines = text.lines().map(|line| line.trim_start_matches(['>', ' ']));
    let mut ids = lines.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("message-id").then(|| MessageId::parse(value))?
    });
    ids.next()
}
