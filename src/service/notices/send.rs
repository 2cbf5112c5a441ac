//! Sends what is waiting: claims it for a while, hands it over, and records what came of it.
//!
//! A message is handed over and then recorded, so there is one moment in which it may have been delivered without our
//! knowing: when the sender or the connection is lost between the two. It is then sent again under the same Message-ID,
//! which mail programs know it by, and the record counts how often that was so.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize as _;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;

use super::super::app::{App, hex};
use super::super::error::ServiceError;
use super::super::intake::{FormFile, blank_sip_form};
use super::{Kept, link, preferences};
use crate::notice::Pace;
use crate::notify::letters::{CaseLetter, DigestLetter, Frequency, Why};
use crate::notify::{Attachment, Delivery, Letter, Outbox};
use crate::store::{self, NoticeOutcome, NoticeRecord, StoreError};

/// How long a sender may take before another may try. Longer than one batch takes when every message times out.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// How long after the first failure it is tried again; twice as long after each further one.
const TRY_AGAIN: TimeDelta = TimeDelta::minutes(5);

/// The longest time between two attempts.
const AT_LEAST_EVERY: TimeDelta = TimeDelta::hours(12);

/// After how many attempts, spread over more than two days, it waits for a person.
const ATTEMPTS: i64 = 12;

/// How many times a message may have been delivered without our knowing before a person decides.
const DOUBTS: i64 = 3;

/// How many notices are claimed together.
const PAGE: u32 = 20;

/// The most notices in one digest.
const IN_A_DIGEST: u32 = 500;

/// The templates that say that the blank form comes with them.
const WITH_THE_FORM: [&str; 2] = ["form_unreadable", "mail_not_understood"];

/// Before the address of somebody who is in no directory.
pub(in super::super) const MAIL_TO: &str = "mailto:";

/// What became of the notices that were waiting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SendReport {
    /// How many were handed over.
    pub sent: usize,
    /// How many could not be, and are tried again or wait for a person.
    pub failed: usize,
}

/// How one notice or digest ended.
struct Ended {
    notices: Vec<NoticeRecord>,
    delivery: Delivery,
}

/// Sends the notices that are waiting at `now`. Claimed under a lease, so that several nodes do not send one twice.
///
/// # Errors
///
/// The database cannot be read or written. A notice that cannot be sent does not hold up the others.
pub async fn send_due(app: &App, outbox: &Outbox, now: DateTime<Utc>) -> Result<SendReport, ServiceError> {
    let sender = Sender { app, outbox, now };
    let mut report = SendReport::default();
    loop {
        let tx = app.store.write().await?;
        let claimed = store::claim_notices(&tx, now, LEASE, PAGE).await?;
        tx.commit().await?;
        if claimed.is_empty() {
            break;
        }
        Box::pin(sender.send_each(claimed, &mut report)).await?;
    }
    loop {
        let tx = app.store.write().await?;
        let claimed = store::claim_digest(&tx, now, LEASE, IN_A_DIGEST).await?;
        tx.commit().await?;
        if claimed.is_empty() {
            return Ok(report);
        }
        let ended = Box::pin(sender.send_together(claimed)).await?;
        sender.settle(ended, &mut report).await?;
    }
}

/// What sending needs.
struct Sender<'a> {
    app: &'a App,
    outbox: &'a Outbox,
    now: DateTime<Utc>,
}

impl Sender<'_> {
    /// Sends notices one by one, a few at the same time. Each is recorded as soon as it has been handed over.
    async fn send_each(&self, claimed: Vec<NoticeRecord>, report: &mut SendReport) -> Result<(), ServiceError> {
        let waiting = Mutex::new(VecDeque::from(claimed));
        let work = async || {
            let mut report = SendReport::default();
            loop {
                let next = waiting.lock().await.pop_front();
                let Some(notice) = next else { return Ok::<_, ServiceError>(report) };
                let ended = self.send_one(notice).await?;
                self.settle(ended, &mut report).await?;
            }
        };
        let (one, two, three, four) = tokio::try_join!(work(), work(), work(), work())?;
        for part in [one, two, three, four] {
            report.sent += part.sent;
            report.failed += part.failed;
        }
        Ok(())
    }

    async fn send_one(&self, notice: NoticeRecord) -> Result<Ended, ServiceError> {
        let letter = match self.addressee(&notice.recipient).await? {
            Ok((name, email)) => match letter(&notice, name, email) {
                Ok(letter) => letter,
                Err(why) => return Ok(Ended { notices: vec![notice], delivery: Delivery::Refused(why) }),
            },
            Err(why) => return Ok(Ended { notices: vec![notice], delivery: Delivery::Refused(why) }),
        };
        Ok(Ended { delivery: self.outbox.send(&letter).await, notices: vec![notice] })
    }

    /// Sends the notices of one person as one message. Its Message-ID is made from them all, so that the same notices
    /// sent again are known to be the same message.
    async fn send_together(&self, notices: Vec<NoticeRecord>) -> Result<Ended, ServiceError> {
        let Some(first) = notices.first() else { return Ok(Ended { notices, delivery: nothing() }) };
        let (name, email) = match self.addressee(&first.recipient).await? {
            Ok(found) => found,
            Err(why) => return Ok(Ended { notices, delivery: Delivery::Refused(why) }),
        };
        let ids: Vec<&str> = notices.iter().map(|notice| notice.id.as_str()).collect();
        let number = hex(&Sha256::digest(ids.join("\n")));
        let id = format!("digest-{}", number.get(..32).unwrap_or_default());
        let chosen = preferences::chosen(&self.app.store, &first.recipient).await?;
        let says = match digest(self.app, &notices, chosen.rhythm())? {
            Ok(says) => says,
            Err(why) => return Ok(Ended { notices, delivery: Delivery::Refused(why) }),
        };
        let letter = Letter::new(id, "digest", name, email, first.queued_at, says);
        Ok(Ended { delivery: self.outbox.send(&letter).await, notices })
    }

    /// Name and address of whoever is told, or why there is none.
    async fn addressee(&self, recipient: &str) -> Result<Result<(String, String), String>, ServiceError> {
        if let Some(address) = recipient.strip_prefix(MAIL_TO) {
            return Ok(Ok((String::new(), address.to_owned())));
        }
        let person = store::find_person(&self.app.store, recipient).await?;
        let gone = || "the recipient is no longer in the directory".to_owned();
        Ok(person.map(|person| (person.name, person.email)).ok_or_else(gone))
    }

    /// Records how sending ended. Whoever lost the lease meanwhile leaves the record to the sender that took it over.
    async fn settle(&self, ended: Ended, report: &mut SendReport) -> Result<(), ServiceError> {
        let tx = self.app.store.write().await?;
        for notice in &ended.notices {
            let outcome = outcome(notice, &ended.delivery, self.now);
            match &outcome {
                NoticeOutcome::Sent(_) => report.sent += 1,
                _ => report.failed += 1,
            }
            match store::mark_notice(&tx, notice, outcome, self.now).await {
                Ok(()) => {}
                Err(StoreError::Conflict { .. }) => {
                    let notice = &notice.id;
                    tracing::warn!(notice, "sending took longer than the lease; another sender has taken it over");
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(tx.commit().await?)
    }
}

/// The letter of a notice, or why it cannot be read.
fn letter(notice: &NoticeRecord, name: String, email: String) -> Result<Letter, String> {
    let kept = Kept::deserialize(&notice.body).map_err(|error| format!("the notice is damaged: {error}"))?;
    let attachments = if WITH_THE_FORM.contains(&kept.template.as_str()) { blank_form()? } else { Vec::new() };
    Ok(Letter {
        attachments,
        thread: notice.case_id.clone(),
        answers: kept.answers,
        unsubscribe: kept.unsubscribe,
        calendar: kept.calendar,
        ..Letter::new(&notice.id, kept.template, name, email, notice.queued_at, Json::Object(kept.says))
    })
}

/// The blank SIP form, to go with a letter.
fn blank_form() -> Result<Vec<Attachment>, String> {
    let file = blank_sip_form(FormFile::Docx).map_err(|error| error.to_string())?;
    Ok(vec![Attachment { name: file.name, media_type: file.media_type.to_owned(), bytes: file.bytes }])
}

/// What a digest of these notices says, or why one of them cannot be read.
fn digest(app: &App, notices: &[NoticeRecord], pace: Pace) -> Result<Result<Json, String>, ServiceError> {
    let said = |notice: &NoticeRecord| Ok((notice.queued_at, CaseLetter::deserialize(&notice.body)?));
    let letters: Result<Vec<_>, serde_json::Error> = notices.iter().map(said).collect();
    let letters = match letters {
        Ok(letters) => letters,
        Err(error) => return Ok(Err(format!("a notice is damaged: {error}"))),
    };
    let why = Why {
        told: None,
        because: Some("you asked for a digest".to_owned()),
        statutory: false,
        preferences: Some(link(&app.preferences_page())?),
    };
    let frequency = if pace == Pace::Weekly { Frequency::Weekly } else { Frequency::Daily };
    let digest = DigestLetter::of(frequency, &letters, why);
    Ok(Ok(serde_json::to_value(digest).map_err(|error| ServiceError::damaged("a digest", error))?))
}

fn nothing() -> Delivery {
    Delivery::Refused("there was nothing to send".to_owned())
}

/// What the record says of a notice that was handed over so.
fn outcome(notice: &NoticeRecord, delivery: &Delivery, now: DateTime<Utc>) -> NoticeOutcome {
    let last = notice.attempts >= ATTEMPTS;
    match delivery {
        Delivery::Accepted(answer) => NoticeOutcome::Sent(answer.clone()),
        Delivery::Refused(why) => NoticeOutcome::Failed(why.clone()),
        Delivery::TryAgain(why) if last => NoticeOutcome::Failed(why.clone()),
        Delivery::TryAgain(why) => NoticeOutcome::Retry(why.clone(), now + pause_after(notice)),
        Delivery::Unknown(why) if last || notice.doubtful >= DOUBTS => NoticeOutcome::Unknown(why.clone()),
        Delivery::Unknown(why) => NoticeOutcome::Doubtful(why.clone(), now + pause_after(notice)),
    }
}

/// How long to wait after so many attempts have failed: twice as long each time, and up to a fifth longer, so that
/// what failed together is not tried again together. The same notice always waits alike.
fn pause_after(notice: &NoticeRecord) -> TimeDelta {
    let times = u32::try_from(notice.attempts.saturating_sub(1)).ok();
    let doubled = times.and_then(|times| 2_i32.checked_pow(times)).and_then(|times| TRY_AGAIN.checked_mul(times));
    let pause = doubled.map_or(AT_LEAST_EVERY, |pause| pause.min(AT_LEAST_EVERY));
    let seed = Sha256::digest(format!("{}/{}", notice.id, notice.attempts));
    let part = i32::from(seed.first().copied().unwrap_or_default());
    pause + pause / 5 * part / 255
}
