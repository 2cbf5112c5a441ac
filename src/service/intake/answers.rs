//! What the mail door answers, queued with what follows from the message.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::app::App;
use super::super::call::Receipt;
use super::super::error::ServiceError;
use super::super::loaded::load;
use super::super::notices::{Kept, MAIL_TO, link};
use super::forms::Form;
use super::sender::known;
use super::{MailDoor, decode};
use crate::calendar::{date_words, london_date};
use crate::intake::{Act, Answer, Arrived, CheckResult, Fault, Queued, Standing};
use crate::notify::letters::{
    CaseLine, FormConfirmSender, FormFaulty, FormNotNominated, FormProblem, FormReceived, FormUnreadable,
    MailNotUnderstood,
};
use crate::store::{self, ArrivalRecord, NewNotice, Way, WriteTx};

/// How long a sender has to confirm that a form is theirs.
pub(super) const TO_CONFIRM: TimeDelta = TimeDelta::days(14);

/// What an answer is about.
pub(super) struct About<'a> {
    pub(super) arrival: &'a ArrivalRecord,
    pub(super) arrived: &'a Arrived,
    pub(super) forms: &'a [Form],
    /// What the form became, where it was submitted.
    pub(super) receipt: Option<Receipt>,
}

/// Queues the answer to a message, in its thread.
pub(super) async fn queue(
    app: &App,
    tx: &WriteTx,
    door: &MailDoor,
    about: About<'_>,
    (answer, now): (&Answer, DateTime<Utc>),
) -> Result<(), ServiceError> {
    let mut kept = letter(app, tx, door, &about, answer).await?;
    kept.answers = about.arrived.message_id.as_ref().map(|id| id.as_str().to_owned());
    let short = about.arrival.id.get(..16).unwrap_or_default();
    let notice = NewNotice {
        id: format!("answer-{short}"),
        event_key: format!("mail/{}", about.arrival.id),
        recipient: format!("{MAIL_TO}{}", about.arrival.sender),
        template: kept.template.clone(),
        case_id: about.arrival.case_id.clone(),
        queued_at: now,
        way: Way::AtOnce,
        send_at: now,
        body: kept.into_body()?,
    };
    store::queue_notice(tx, notice).await?;
    Ok(())
}

async fn letter(
    app: &App,
    tx: &WriteTx,
    door: &MailDoor,
    about: &About<'_>,
    answer: &Answer,
) -> Result<Kept, ServiceError> {
    let home = link(&app.settings.base_url)?;
    match answer {
        Answer::Received => received(app, tx, about).await,
        Answer::ConfirmSender { .. } => confirm(app, about),
        Answer::NotNominated => {
            let sender = known(app, tx, &about.arrival.sender).await?;
            let email = about.arrival.sender.clone();
            Kept::of("form_not_nominated", &FormNotNominated { email, party: sender.party, link: home })
        }
        Answer::Unreadable { file, why } => unreadable(file, why, home),
        Answer::OtherVersion { file, version } => {
            let why = format!("it is version {version} of the SIP form, and another is in use");
            unreadable(file, &why, home)
        }
        Answer::FaultyFields { file, faults } => {
            let problems = faults.iter().map(problem).collect();
            Kept::of("form_faulty", &FormFaulty { file: file.clone(), problems, link: home })
        }
        Answer::SeveralForms { .. } | Answer::TooBig { .. } | Answer::ReplyToNotice | Answer::NothingFound => {
            not_understood(app, tx, door, about, answer).await
        }
    }
}

fn unreadable(file: &str, why: &str, link: crate::notify::Link) -> Result<Kept, ServiceError> {
    let says = FormUnreadable { file: file.to_owned(), what: why.to_owned(), mend: None, link };
    Kept::of("form_unreadable", &says)
}

fn problem(fault: &Fault) -> FormProblem {
    let mend = Some(fault.mend.clone()).filter(|mend| !mend.is_empty());
    FormProblem { field: fault.label.clone(), what: fault.what.clone(), mend }
}

/// The provisional reference, and by when DCC confirms receipt (R12).
async fn received(app: &App, tx: &WriteTx, about: &About<'_>) -> Result<Kept, ServiceError> {
    let reference = about.receipt.as_ref().map(|receipt| receipt.reference.as_str()).unwrap_or_default();
    let case = load(app, tx, reference).await?;
    let due = case.case().next_deadline().map(|deadline| format!("the end of {}", date_words(deadline.on)));
    let sent = decode(about.arrival).sent_at.unwrap_or(about.arrival.received_at);
    let says = FormReceived {
        reference: case.record.reference.clone(),
        title: case.record.title.clone(),
        sent_on: date_words(london_date(sent)),
        acknowledged_by: due.unwrap_or_default(),
        files: about.arrived.attachments.iter().map(|file| file.name.clone()).collect(),
        link: link(&app.page_of(&case))?,
    };
    Kept::of("form_received", &says)
}

fn confirm(app: &App, about: &About<'_>) -> Result<Kept, ServiceError> {
    let form = about.forms.iter().find_map(|form| form.sip.as_ref());
    let token = about.arrival.token.as_deref().unwrap_or_default();
    let sent = decode(about.arrival).sent_at.unwrap_or(about.arrival.received_at);
    let until = about.arrival.received_at + TO_CONFIRM;
    let says = FormConfirmSender {
        title: form.map(|form| form.title.to_string()).unwrap_or_default(),
        sent_on: date_words(london_date(sent)),
        link: link(&format!("{}/mail/{token}", app.settings.base_url.trim_end_matches('/')))?,
        until: format!("the end of {}", date_words(london_date(until))),
    };
    Kept::of("form_confirm_sender", &says)
}

async fn not_understood(
    app: &App,
    tx: &WriteTx,
    door: &MailDoor,
    about: &About<'_>,
    answer: &Answer,
) -> Result<Kept, ServiceError> {
    let says = MailNotUnderstood {
        subject: about.arrival.subject.clone(),
        several_forms: match answer {
            Answer::SeveralForms { files } => Some(files.len().max(2)),
            _ => None,
        },
        reply_about: match answer {
            Answer::ReplyToNotice => replied_to(app, tx, about.arrived).await?,
            _ => None,
        },
        too_large: match answer {
            Answer::TooBig { what } => Some(what.clone()),
            _ => None,
        },
        mailbox: door.mailbox.clone(),
        link: link(&app.settings.base_url)?,
    };
    Kept::of("mail_not_understood", &says)
}

/// The case of the notice that a message answers.
async fn replied_to(app: &App, tx: &WriteTx, arrived: &Arrived) -> Result<Option<CaseLine>, ServiceError> {
    for notice in arrived.answers.iter().filter_map(|own| own.notice()) {
        let Some(found) = store::find_notice(tx, notice.as_str()).await? else { continue };
        if let Some(case) = found.case_id {
            let case = super::super::loaded::load_by_id(app, tx, &case).await?;
            let (reference, title) = (case.known_as().to_owned(), case.record.title.clone());
            return Ok(Some(CaseLine { reference, title, link: link(&app.page_of(&case))? }));
        }
    }
    Ok(None)
}

/// What is done with a message, for the queue and the record.
pub(super) fn in_a_sentence(act: &Act) -> String {
    let queued = |why: &Queued| match why {
        Queued::NotNominated => "It holds a form from somebody who is no nominated contact.",
        Queued::FormNotTaken => "Its form cannot be taken as it is; the sender was told what to mend.",
        Queued::NotConfirmed => "Its sender was already asked today to confirm a form.",
        Queued::SenderRefuted => "A trusted server says that it is not from whom it claims.",
        Queued::NoSender => "It names no sender, or several.",
        Queued::TooBig => "It is larger than is taken in.",
        Queued::Hostile => "It is built as no mail program builds a message.",
        Queued::AutomaticWithForm => "A program sent it, but it holds what may be a form.",
        Queued::ReplyToNotice => "Somebody answers a notice.",
        Queued::NothingFound => "It holds nothing that is understood.",
    };
    match act {
        Act::Submit { .. } => "It was submitted.".to_owned(),
        Act::AwaitConfirmation { .. } => "Its sender was asked to confirm that it is theirs.".to_owned(),
        Act::RecordBounce(_) => "It says that a notice could not be delivered.".to_owned(),
        Act::Queue(why) => queued(why).to_owned(),
        Act::Ignore(crate::intake::Ignored::SeenBefore) => "The same message was taken in before.".to_owned(),
        Act::Ignore(crate::intake::Ignored::OwnNotice) => "It is a notice of ours that came back.".to_owned(),
        Act::Ignore(_) => "A program sent it.".to_owned(),
    }
}

/// What trusted servers found out about the sender, for the record.
pub(super) fn authentication(arrived: &Arrived) -> String {
    let standing = match arrived.standing() {
        Standing::Proven => "the sender is proven",
        Standing::Unproven => "the sender is not proven",
        Standing::Refuted => "the sender is refuted",
    };
    let result = |result: &CheckResult| {
        let about = result.domain.as_deref().map(|domain| format!(" for {domain}")).unwrap_or_default();
        format!("{} {}{about}", result.method, result.verdict)
    };
    let results: Vec<String> = arrived.authentication.results.iter().map(result).collect();
    if results.is_empty() { standing.to_owned() } else { format!("{standing}: {}", results.join(", ")) }
}
