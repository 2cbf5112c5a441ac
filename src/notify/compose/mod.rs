//! Writes a message from a letter and the templates in `templates/email/`.
//!
//! The same letter always gives the same bytes, so that a message sent again after a crash is the same message.

mod headers;
mod parts;
mod templates;

use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::Mailbox;
use serde_json::Value as Json;
use thiserror::Error;

use super::calendar_file::Invitation;
use super::link::Link;
use headers::{mailbox, message_id};
pub use templates::Rendered;
use templates::Templates;

/// The most bytes of the attachments of one message, together: 10 MiB, which every mail server takes.
const LARGEST_ATTACHMENTS: usize = 10 * 1024 * 1024;

/// What one person is to be told, once.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// Id of the letter; the Message-ID is made from it, so that a message sent again is known to be the same one.
    pub id: String,
    /// Name of the template it is written in.
    pub template: String,
    /// Name of the recipient.
    pub name: String,
    /// Address of the recipient.
    pub email: String,
    /// Id of the case it is about, whose messages hang together in one thread.
    pub thread: Option<String>,
    /// Message-ID of the message it answers, where it answers one.
    pub answers: Option<String>,
    /// When it was queued (UTC).
    pub queued_at: DateTime<Utc>,
    /// Whether it says what happened or only shows how it would be said.
    pub purpose: Purpose,
    /// Where the recipient can opt out with one click; none where the process requires the notice.
    pub unsubscribe: Option<Link>,
    /// The deadline it puts into the recipient's calendar, moves there or takes out.
    pub calendar: Option<Invitation>,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
    /// What the template needs: a struct of [`super::letters`], as JSON.
    pub body: Json,
}

/// Whether a letter says what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// It does.
    #[default]
    ForReal,
    /// It shows how it would be said, and says so itself.
    Test,
}

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Name of the file, without a folder.
    pub name: String,
    /// Media type, for example `text/csv`.
    pub media_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why a message could not be written.
#[derive(Debug, Error)]
pub enum ComposeError {
    /// There is no template of this name.
    #[error("there is no template called `{0}`")]
    UnknownTemplate(String),
    /// A template does not fit what the letter says.
    #[error("template {0}")]
    Template(String),
    /// The address is none.
    #[error("`{address}` is no e-mail address: {cause}")]
    Address {
        /// As it was given, shortened.
        address: String,
        /// What is wrong with it.
        cause: String,
    },
    /// It is larger than mail servers take.
    #[error("{what} of {bytes} bytes is more than the {most} that are sent")]
    TooLarge {
        /// What is.
        what: &'static str,
        /// How large it is.
        bytes: usize,
        /// How large it may be.
        most: usize,
    },
    /// The message could not be put together.
    #[error("the message could not be put together: {0}")]
    Message(String),
}

/// Writes messages.
#[derive(Debug)]
pub struct Composer {
    templates: Templates,
    from: Mailbox,
    reply_to: Option<Mailbox>,
}

impl Letter {
    /// A letter about no case, with nothing attached.
    pub fn new(
        id: impl Into<String>,
        template: impl Into<String>,
        name: impl Into<String>,
        email: impl Into<String>,
        queued_at: DateTime<Utc>,
        body: Json,
    ) -> Self {
        Self {
            id: id.into(),
            template: template.into(),
            name: name.into(),
            email: email.into(),
            thread: None,
            answers: None,
            queued_at,
            purpose: Purpose::ForReal,
            unsubscribe: None,
            calendar: None,
            attachments: Vec::new(),
            body,
        }
    }
}

impl Composer {
    /// A writer of messages that come from this address.
    ///
    /// # Errors
    ///
    /// The address is none, or a template cannot be read.
    pub fn new(from_name: &str, from_email: &str) -> Result<Self, ComposeError> {
        Ok(Self { templates: Templates::read()?, from: mailbox(from_name, from_email)?, reply_to: None })
    }

    /// The same, with answers going to another address: that of people who read them.
    ///
    /// # Errors
    ///
    /// The address is none.
    pub fn replies_to(self, name: &str, email: &str) -> Result<Self, ComposeError> {
        Ok(Self { reply_to: Some(mailbox(name, email)?), ..self })
    }

    /// The names of all templates.
    pub fn templates() -> impl Iterator<Item = &'static str> {
        templates::names()
    }

    /// What a letter says, without the message around it.
    ///
    /// # Errors
    ///
    /// There is no such template, the letter does not fit it, or the text grows too long.
    pub fn render(&self, letter: &Letter) -> Result<Rendered, ComposeError> {
        self.templates.render(letter)
    }

    /// The message for a letter.
    ///
    /// # Errors
    ///
    /// As [`Composer::render`]; also where the recipient's address is none, or the attachments are too large.
    pub fn compose(&self, letter: &Letter) -> Result<Message, ComposeError> {
        let bytes = letter.attachments.iter().map(|attached| attached.bytes.len()).sum();
        if bytes > LARGEST_ATTACHMENTS {
            return Err(ComposeError::TooLarge { what: "an attachment", bytes, most: LARGEST_ATTACHMENTS });
        }
        let rendered = self.render(letter)?;
        let to = mailbox(&letter.name, &letter.email)?;
        let mut builder = Message::builder()
            .message_id(Some(message_id(&letter.id, self.from.email.domain())))
            .date(letter.queued_at.into())
            .from(self.from.clone())
            .to(to)
            .subject(rendered.subject.clone());
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        for header in headers::of(letter, self.from.email.domain()) {
            builder = builder.raw_header(header);
        }
        let body = parts::of(letter, &rendered, &self.from)?;
        builder.multipart(body).map_err(|error| ComposeError::Message(error.to_string()))
    }
}
