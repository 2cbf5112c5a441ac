//! The parts of a message: what it says as text and as a page, the invitation, and the files that go with it.

use lettre::message::header::ContentType;
use lettre::message::{Attachment as Attached, Mailbox, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use super::headers::one_line;
use super::templates::Rendered;
use super::{Attachment, ComposeError, Letter};
use crate::notify::calendar_file::Who;

/// The most characters of the name of a file.
const LONGEST_FILE_NAME: usize = 100;

/// Puts the parts together: text and page side by side, with the invitation where calendars look for it; the
/// invitation again as a file, and the attachments.
pub(super) fn of(letter: &Letter, rendered: &Rendered, from: &Mailbox) -> Result<MultiPart, ComposeError> {
    let mark = mark(letter, rendered);
    let words = MultiPart::alternative()
        .boundary(format!("=_words_{mark}"))
        .singlepart(SinglePart::plain(rendered.text.clone()))
        .singlepart(SinglePart::html(rendered.html.clone()));
    let (words, mut files) = match &letter.calendar {
        None => (words, Vec::new()),
        Some(invitation) => {
            let organiser = Who { name: from.name.as_deref().unwrap_or("Quorate"), email: from.email.as_ref() };
            let attendee = Who { name: &letter.name, email: &letter.email };
            let file = invitation.file(organiser, attendee, letter.queued_at);
            let inline = format!("text/calendar; charset=utf-8; method={}", invitation.method.as_str());
            let part = SinglePart::builder().header(media_type(&inline)?).body(file.clone());
            let attached = Attached::new("deadline.ics".to_owned()).body(file, media_type("application/ics")?);
            (words.singlepart(part), vec![attached])
        }
    };
    for attachment in &letter.attachments {
        files.push(attached(attachment)?);
    }
    if files.is_empty() {
        return Ok(words);
    }
    let whole = MultiPart::mixed().boundary(format!("=_whole_{mark}")).multipart(words);
    Ok(files.into_iter().fold(whole, MultiPart::singlepart))
}

/// Separates the parts. It follows from all they say, so that nothing said can hold it.
fn mark(letter: &Letter, rendered: &Rendered) -> String {
    let mut hash = Sha256::new();
    for text in [&letter.id, &rendered.subject, &rendered.text, &rendered.html] {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    let number = hash.finalize().iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    format!("{number:032x}")
}

fn attached(attachment: &Attachment) -> Result<SinglePart, ComposeError> {
    let name: String = attachment.name.chars().map(|c| if matches!(c, '/' | '\\' | '"') { '_' } else { c }).collect();
    let name = one_line(&name, LONGEST_FILE_NAME);
    Ok(Attached::new(name).body(attachment.bytes.clone(), media_type(&attachment.media_type)?))
}

fn media_type(text: &str) -> Result<ContentType, ComposeError> {
    let refused = || ComposeError::Message(format!("`{}` is no media type", one_line(text, LONGEST_FILE_NAME)));
    ContentType::parse(text).map_err(|_| refused())
}
