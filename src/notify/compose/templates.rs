//! The templates, and what they make of a letter.

use handlebars::{Handlebars, handlebars_helper, no_escape};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::headers::subject;
use super::{ComposeError, Letter, Purpose};
use crate::notify::calendar_file::is_unseen;
use crate::notify::letters::{
    BankHolidaysChanged, CaseLetter, ConsultationDue, ContactsReview, DigestLetter, FormConfirmSender, FormFaulty,
    FormNotNominated, FormReceived, FormUnreadable, MailNotUnderstood, MailProblem, TestLetter,
};
use crate::notify::link::Link;

/// The most bytes of a text or a page.
const LARGEST: usize = 256 * 1024;

/// What a letter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, on one line.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As a page.
    pub html: String,
}

/// A template: its name, its files, and how a body is read that it can take.
struct Source {
    name: &'static str,
    subject: &'static str,
    text: &'static str,
    html: &'static str,
    whole: fn(&Json) -> Result<Json, serde_json::Error>,
}

macro_rules! sources {
    ($($name:literal takes $letter:ty),* $(,)?) => {
        [$(Source {
            name: $name,
            subject: include_str!(concat!("../../../templates/email/", $name, "/subject.txt")),
            text: include_str!(concat!("../../../templates/email/", $name, "/body.txt")),
            html: include_str!(concat!("../../../templates/email/", $name, "/body.html")),
            whole: whole::<$letter>,
        }),*]
    };
}

const SOURCES: [Source; 22] = sources![
    "notice" takes CaseLetter,
    "reminder" takes CaseLetter,
    "overdue" takes CaseLetter,
    "date_moved" takes CaseLetter,
    "determination" takes CaseLetter,
    "consultation_open" takes CaseLetter,
    "consultation_closing" takes CaseLetter,
    "ballot_open" takes CaseLetter,
    "ended" takes CaseLetter,
    "no_longer_needed" takes CaseLetter,
    "digest" takes DigestLetter,
    "bank_holidays_changed" takes BankHolidaysChanged,
    "consultation_due" takes ConsultationDue,
    "contacts_review" takes ContactsReview,
    "mail_problem" takes MailProblem,
    "test" takes TestLetter,
    "form_received" takes FormReceived,
    "form_confirm_sender" takes FormConfirmSender,
    "form_faulty" takes FormFaulty,
    "form_unreadable" takes FormUnreadable,
    "form_not_nominated" takes FormNotNominated,
    "mail_not_understood" takes MailNotUnderstood,
];

/// What several templates share, as text.
const TEXT_PARTS: [(&str, &str); 5] = [
    ("test", include_str!("../../../templates/email/parts/test.txt")),
    ("happened", include_str!("../../../templates/email/parts/happened.txt")),
    ("turn", include_str!("../../../templates/email/parts/turn.txt")),
    ("reached", include_str!("../../../templates/email/parts/reached.txt")),
    ("why", include_str!("../../../templates/email/parts/why.txt")),
];

/// What several templates share, as a page.
const PAGE_PARTS: [(&str, &str); 7] = [
    ("layout", include_str!("../../../templates/email/parts/layout.html")),
    ("preheader", include_str!("../../../templates/email/parts/preheader.html")),
    ("button", include_str!("../../../templates/email/parts/button.html")),
    ("happened", include_str!("../../../templates/email/parts/happened.html")),
    ("turn", include_str!("../../../templates/email/parts/turn.html")),
    ("reached", include_str!("../../../templates/email/parts/reached.html")),
    ("why", include_str!("../../../templates/email/parts/why.html")),
];

/// Every template, read.
#[derive(Debug)]
pub(super) struct Templates {
    text: Handlebars<'static>,
    html: Handlebars<'static>,
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|source| source.name)
}

/// A body with everything its template may ask for: what may be left out is there as nothing.
fn whole<T: Serialize + DeserializeOwned>(body: &Json) -> Result<Json, serde_json::Error> {
    serde_json::to_value(T::deserialize(body)?)
}

handlebars_helper!(href: |link: str| Link::parse(link).map(String::from).map_err(|error| {
    handlebars::RenderErrorReason::Other(error.to_string())
})?);

handlebars_helper!(named: |kind: str, reference: str| {
    if reference.starts_with(kind) { reference.to_owned() } else { format!("{kind} {reference}") }
});

impl Templates {
    pub(super) fn read() -> Result<Self, ComposeError> {
        let mut text = Handlebars::new();
        text.register_escape_fn(no_escape);
        let mut html = Handlebars::new();
        for registry in [&mut text, &mut html] {
            registry.set_strict_mode(true);
            registry.register_helper("href", Box::new(href));
            registry.register_helper("named", Box::new(named));
        }
        for (name, part) in TEXT_PARTS {
            register(&mut text, name, part)?;
        }
        for (name, part) in PAGE_PARTS {
            register(&mut html, name, part)?;
        }
        for source in &SOURCES {
            register(&mut text, &part(source.name, "subject"), source.subject)?;
            register(&mut text, &part(source.name, "body"), source.text)?;
            register(&mut html, &part(source.name, "body"), source.html)?;
        }
        Ok(Self { text, html })
    }

    pub(super) fn render(&self, letter: &Letter) -> Result<Rendered, ComposeError> {
        let name = letter.template.as_str();
        let source = SOURCES.iter().find(|source| source.name == name);
        let source = source.ok_or_else(|| ComposeError::UnknownTemplate(name.to_owned()))?;
        let unfit = |error: serde_json::Error| ComposeError::Template(format!("{name}: {error}"));
        let mut context = seen((source.whole)(&letter.body).map_err(unfit)?);
        let test = if letter.purpose == Purpose::Test { "Test: " } else { "" };
        if let Json::Object(fields) = &mut context {
            fields.insert("test".to_owned(), json!(letter.purpose == Purpose::Test));
            fields.insert("unsubscribe".to_owned(), json!(letter.unsubscribe));
        }
        let subject = subject(&format!("{test}{}", render(&self.text, name, "subject", &context)?));
        if let Json::Object(fields) = &mut context {
            fields.insert("subject_line".to_owned(), json!(subject));
        }
        let text = tidy(&render(&self.text, name, "body", &context)?);
        Ok(Rendered { subject, text, html: render(&self.html, name, "body", &context)? })
    }
}

fn part(template: &str, part: &str) -> String {
    format!("{template}/{part}")
}

fn register(registry: &mut Handlebars<'static>, name: &str, template: &str) -> Result<(), ComposeError> {
    registry
        .register_template_string(name, template)
        .map_err(|error| ComposeError::Template(format!("{name}: {error}")))
}

fn render(registry: &Handlebars<'_>, name: &str, of: &str, context: &Json) -> Result<String, ComposeError> {
    let part = part(name, of);
    let rendered = registry.render(&part, context);
    let rendered = rendered.map_err(|error| ComposeError::Template(format!("{part}: {error}")))?;
    if rendered.len() > LARGEST {
        return Err(ComposeError::TooLarge { what: "a text", bytes: rendered.len(), most: LARGEST });
    }
    Ok(rendered)
}

/// Every text in a body, with what would hide or turn text shown as a mark instead.
fn seen(body: Json) -> Json {
    match body {
        Json::String(text) if text.chars().any(|c| is_unseen(c) && c != '\n') => {
            let text = text.replace("\r\n", "\n");
            let shown = text.chars().map(|c| match c {
                '\t' => ' ',
                c if is_unseen(c) && c != '\n' => '\u{FFFD}',
                c => c,
            });
            Json::String(shown.collect())
        }
        Json::Array(items) => Json::Array(items.into_iter().map(seen).collect()),
        Json::Object(fields) => Json::Object(fields.into_iter().map(|(name, value)| (name, seen(value))).collect()),
        other => other,
    }
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
