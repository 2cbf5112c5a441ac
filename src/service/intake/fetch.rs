//! Fetches the mail that has arrived, and takes in each message. One that cannot be kept stays where it is and comes
//! again; one that is kept is moved to those that have been dealt with.

use chrono::{DateTime, Utc};

use super::super::app::App;
use super::super::error::ServiceError;
use super::{MailDoor, Taken, take_in};
use crate::notify::{Inbox, Maildir};

/// Where mail arrives.
pub enum Arrivals {
    /// In a maildir.
    Maildir(Maildir),
    /// In a mailbox that is read over IMAP.
    Inbox(Box<Inbox>),
}

/// Takes in everything that has arrived by `now`.
///
/// # Errors
///
/// The mailbox or the database cannot be read; what has not been taken in stays where it is.
pub async fn fetch_mail(
    app: &App,
    door: &MailDoor,
    arrivals: &Arrivals,
    now: DateTime<Utc>,
) -> Result<Vec<Taken>, ServiceError> {
    match arrivals {
        Arrivals::Maildir(maildir) => from_maildir(app, door, maildir, now).await,
        Arrivals::Inbox(inbox) => from_inbox(app, door, inbox, now).await,
    }
}

async fn from_maildir(
    app: &App,
    door: &MailDoor,
    maildir: &Maildir,
    now: DateTime<Utc>,
) -> Result<Vec<Taken>, ServiceError> {
    let unread = |error: std::io::Error| ServiceError::wrong("maildir", error.to_string());
    let mut taken = Vec::new();
    for message in maildir.waiting().map_err(unread)? {
        let raw = maildir.read(&message).map_err(unread)?;
        taken.push(take_in(app, door, &raw, now).await?);
        maildir.put_away(&message).map_err(unread)?;
    }
    Ok(taken)
}

async fn from_inbox(app: &App, door: &MailDoor, inbox: &Inbox, now: DateTime<Utc>) -> Result<Vec<Taken>, ServiceError> {
    let unread = |error: crate::notify::InboxError| ServiceError::wrong("imap", error.to_string());
    let mut visit = inbox.visit().await.map_err(unread)?;
    let mut taken = Vec::new();
    while let Some(arrived) = visit.next().await.map_err(unread)? {
        taken.push(take_in(app, door, &arrived.raw, now).await?);
        visit.put_away(&arrived).await.map_err(unread)?;
    }
    visit.end().await;
    Ok(taken)
}
