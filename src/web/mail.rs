//! The pages behind the links in e-mails: stopping notices that may be stopped, and confirming a form that was mailed;
//! the form itself; and figures for whoever watches the installation.
//!
//! A link in an e-mail is opened by programs that look for harm in it, so opening one changes nothing: the page that
//! opens has the button that does.

use std::fmt::Write as _;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::Site;
use crate::notice::Topic;
use crate::service::{self, FormFile, MailDoor, ServiceError};

/// A page that says something, with a button at most.
#[derive(Debug, Default, Serialize)]
struct Said {
    page_title: String,
    heading: String,
    paragraphs: Vec<String>,
    facts: Vec<Fact>,
    button: Option<&'static str>,
    action: String,
    links: Vec<Onward>,
}

#[derive(Debug, Serialize)]
struct Fact {
    name: &'static str,
    value: String,
}

#[derive(Debug, Serialize)]
struct Onward {
    to: String,
    words: String,
}

impl Said {
    fn new(heading: &str, paragraphs: &[&str]) -> Self {
        Self {
            page_title: heading.to_owned(),
            heading: heading.to_owned(),
            paragraphs: paragraphs.iter().map(|&paragraph| paragraph.to_owned()).collect(),
            ..Self::default()
        }
    }
}

/// What people are told, and how they choose.
pub(super) async fn how(State(site): State<Site>) -> Response {
    let paragraphs = [
        "Whoever takes part is told by e-mail what happens and whose turn it is. What the process obliges us to tell is \
         told at once and cannot be stopped; anything else comes at once, in a daily or weekly digest, or not at all, \
         as you choose.",
        "Each e-mail that may be stopped has a link at its end that stops its kind. How often you are told of which \
         kind, at which hour digests come, and who stands in while you are away is set through the API, under \
         /api/v1/me/notices.",
    ];
    site.page("said", &Said::new("What you are told", &paragraphs))
}

/// Asks whether notices of a topic are to stop.
pub(super) async fn ask_to_stop(State(site): State<Site>, Path((token, topic)): Path<(String, String)>) -> Response {
    match asked(&site, &token, &topic).await {
        Ok((name, topic)) => {
            let what = format!("{name} would no longer be told of {}.", topic.title());
            let kept = "What the process obliges us to tell is still told.";
            let said = Said::new("Stop these e-mails?", &[&what, kept]);
            let action = format!("/notices/{token}/{topic}");
            site.page("said", &Said { button: Some("Stop them"), action, ..said })
        }
        Err(error) => site.problem(&error),
    }
}

async fn asked(site: &Site, token: &str, topic: &str) -> Result<(String, Topic), ServiceError> {
    let topic: Topic = topic_of(topic)?;
    Ok((service::preferences_by_token(&site.app, token).await?.name, topic))
}

fn topic_of(topic: &str) -> Result<Topic, ServiceError> {
    topic.parse().map_err(|_| ServiceError::NotFound { what: "kind of notice", name: topic.to_owned() })
}

/// Stops notices of a topic. Mail programs do this too, when somebody presses their own button (RFC 8058).
pub(super) async fn stop(State(site): State<Site>, Path((token, topic)): Path<(String, String)>) -> Response {
    let stopped = match topic_of(&topic) {
        Ok(topic) => service::stop_topic(&site.app, &token, topic).await.map(|seen| (seen.name, topic)),
        Err(error) => Err(error),
    };
    match stopped {
        Ok((name, topic)) => {
            let what = format!("{name} is no longer told of {}.", topic.title());
            site.page("said", &Said::new("Stopped", &[&what, "What the process obliges us to tell is still told."]))
        }
        Err(error) => site.problem(&error),
    }
}

/// Asks the sender of a form whether it is theirs.
pub(super) async fn ask_to_confirm(State(site): State<Site>, Path(token): Path<String>) -> Response {
    match service::sender_to_confirm(&site.app, &token, site.clock.now()).await {
        Ok(waiting) => {
            let why = "Anybody can write any address as the sender of a message. If this one is yours, the SIP in it is \
                       submitted when you say so, and counts as sent on the day of the message.";
            let said = Said::new("Is this form yours?", &[why]);
            let facts = vec![
                Fact { name: "From", value: waiting.sender },
                Fact { name: "Subject", value: waiting.subject },
                Fact { name: "Counts as sent on", value: waiting.sent_on },
            ];
            site.page(
                "said",
                &Said { facts, button: Some("It is mine: submit it"), action: format!("/mail/{token}"), ..said },
            )
        }
        Err(error) => site.problem(&error),
    }
}

/// Submits the form whose sender says that it is theirs.
pub(super) async fn confirm(State(site): State<Site>, Path(token): Path<String>) -> Response {
    match service::confirm_sender(&site.app, &MailDoor::default(), &token, site.clock.now()).await {
        Ok(receipt) => {
            let what = format!("Its provisional reference is {}.", receipt.reference);
            let links = vec![Onward {
                to: format!("/cases/{}", receipt.reference),
                words: "Its page, with the day by which DCC confirms receipt".to_owned(),
            }];
            site.page("said", &Said { links, ..Said::new("Submitted", &[&what]) })
        }
        Err(error) => site.problem(&error),
    }
}

/// Hands out the blank SIP form.
pub(super) async fn form(State(site): State<Site>, Path(format): Path<String>) -> Response {
    let form = match format.as_str() {
        "docx" => FormFile::Docx,
        "yaml" => FormFile::Yaml,
        _ => return site.problem(&ServiceError::NotFound { what: "form", name: format }),
    };
    match service::blank_sip_form(form) {
        Ok(file) => {
            let disposition = format!("attachment; filename=\"{}\"", file.name);
            let head = [(header::CONTENT_TYPE, file.media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
            (head, file.bytes).into_response()
        }
        Err(error) => site.problem(&error),
    }
}

/// Figures in the text format of Prometheus: how much mail waits.
pub(super) async fn metrics(State(site): State<Site>) -> Response {
    match service::mail_figures(&site.app).await {
        Ok(figures) => {
            let mut text =
                String::from("# HELP quorate_mail Messages by where they stand.\n# TYPE quorate_mail gauge\n");
            for (standing, number) in figures {
                let _ = writeln!(text, "quorate_mail{{standing=\"{standing}\"}} {number}");
            }
            ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the figures could not be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
