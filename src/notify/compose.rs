//! Writes a message from a notice and the templates in `templates/email/`.

use handlebars::{Handlebars, no_escape};
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use serde_json::Value as Json;
use thiserror::Error;

/// A notice with the person it goes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// Id of the notice; the Message-ID is made from it, so that a message sent again is known to be the same one.
    pub id: String,
    /// The notice.
    pub notice: String,
    /// Name of the recipient.
    pub name: String,
    /// Address of the recipient.
    pub email: String,
    /// Reference of the case it is about; its messages hang together in one thread.
    pub thread: String,
    /// When it was queued (UTC).
    pub queued_at: chrono::DateTime<chrono::Utc>,
    /// What the templates need.
    pub body: Json,
}

/// Why a message could not be written.
#[derive(Debug, Error)]
pub enum ComposeError {
    /// A template does not fit what the notice says.
    #[error("template {0}")]
    Template(String),
    /// The message could not be put together.
    #[error("the message could not be put together: {0}")]
    Message(String),
}

/// Writes messages.
pub struct Composer {
    text: Handlebars<'static>,
    html: Handlebars<'static>,
    from: Mailbox,
    domain: String,
}

/// Each template by name: subject, text, HTML.
const TEMPLATES: [(&str, [&str; 3]); 4] = [
    (
        "notice",
        [
            include_str!("../../templates/email/notice/subject.txt"),
            include_str!("../../templates/email/notice/body.txt"),
            include_str!("../../templates/email/notice/body.html"),
        ],
    ),
    (
        "bank_holidays_changed",
        [
            include_str!("../../templates/email/bank_holidays_changed/subject.txt"),
            include_str!("../../templates/email/bank_holidays_changed/body.txt"),
            include_str!("../../templates/email/bank_holidays_changed/body.html"),
        ],
    ),
    (
        "consultation_due",
        [
            include_str!("../../templates/email/consultation_due/subject.txt"),
            include_str!("../../templates/email/consultation_due/body.txt"),
            include_str!("../../templates/email/consultation_due/body.html"),
        ],
    ),
    (
        "contacts_review",
        [
            include_str!("../../templates/email/contacts_review/subject.txt"),
            include_str!("../../templates/email/contacts_review/body.txt"),
            include_str!("../../templates/email/contacts_review/body.html"),
        ],
    ),
];

impl Composer {
    /// A writer of messages that come from this address.
    ///
    /// # Errors
    ///
    /// The address is none, or a template cannot be read.
    pub fn new(from_name: &str, from_email: &str) -> Result<Self, ComposeError> {
        let mut text = Handlebars::new();
        text.set_strict_mode(true);
        text.register_escape_fn(no_escape);
        let mut html = Handlebars::new();
        html.set_strict_mode(true);
        for (name, [subject, body, page]) in TEMPLATES {
            register(&mut text, &format!("{name}/subject"), subject)?;
            register(&mut text, &format!("{name}/body"), body)?;
            register(&mut html, &format!("{name}/body"), page)?;
        }
        let domain = from_email.rsplit('@').next().unwrap_or_default().to_owned();
        Ok(Self { text, html, from: mailbox(from_name, from_email)?, domain })
    }

    /// The message for a letter.
    ///
    /// # Errors
    ///
    /// What the notice says does not fit its template, or the recipient's address is none.
    pub fn compose(&self, letter: &Letter) -> Result<Message, ComposeError> {
        let template =
            if self.text.has_template(&format!("{}/body", letter.notice)) { &letter.notice } else { "notice" };
        let render = |registry: &Handlebars<'_>, part: &str| {
            let rendered = registry.render(&format!("{template}/{part}"), &letter.body);
            rendered.map_err(|error| ComposeError::Template(format!("{template}/{part}: {error}")))
        };
        let subject = one_line(&render(&self.text, "subject")?);
        let bodies = MultiPart::alternative_plain_html(tidy(&render(&self.text, "body")?), render(&self.html, "body")?);
        let thread = format!("<case-{}@{}>", letter.thread.to_lowercase(), self.domain);
        let message = Message::builder()
            .from(self.from.clone())
            .to(mailbox(&letter.name, &letter.email)?)
            .subject(subject)
            .date(letter.queued_at.into())
            .message_id(Some(format!("<{}@{}>", letter.id, self.domain)))
            .references(thread)
            .raw_header(HeaderValue::new(auto_submitted()?, "auto-generated".to_owned()))
            .multipart(bodies);
        message.map_err(|error| ComposeError::Message(error.to_string()))
    }
}

fn register(registry: &mut Handlebars<'static>, name: &str, template: &str) -> Result<(), ComposeError> {
    registry
        .register_template_string(name, template)
        .map_err(|error| ComposeError::Template(format!("{name}: {error}")))
}

fn auto_submitted() -> Result<HeaderName, ComposeError> {
    HeaderName::new_from_ascii("Auto-Submitted".to_owned()).map_err(|error| ComposeError::Message(error.to_string()))
}

/// A name with control characters would break the header, so they are taken out.
fn mailbox(name: &str, email: &str) -> Result<Mailbox, ComposeError> {
    let address = email.parse().map_err(|error| ComposeError::Message(format!("`{email}`: {error}")))?;
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    Ok(Mailbox::new(Some(name).filter(|name| !name.is_empty()), address))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Empty lines left by conditions in a template become one at most.
fn tidy(text: &str) -> String {
    let mut tidied = String::new();
    let mut empty = 0;
    for line in text.trim().lines() {
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            tidied.push_str(line.trim_end());
            tidied.push('\n');
        }
    }
    tidied
}
