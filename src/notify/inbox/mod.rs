//! Fetches arrived mail over IMAP (RFC 9051) from a mailbox that people can look into as well.
//!
//! Whatever stands in the folder has not been dealt with; what has been is moved to another folder, and nothing is ever
//! deleted. That a person has read a message makes no difference. When a visit ends between keeping a message and
//! moving it, the next visit brings it again: whoever keeps messages must know one that is already kept.

mod connection;
mod maildir;
mod settings;

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use thiserror::Error;
use tokio_rustls::TlsConnector;

use self::connection::{Session, limited};
use super::server::MailServerError;

pub use maildir::Maildir;
pub use settings::InboxSettings;

/// A folder of a mailbox in which mail arrives.
pub struct Inbox {
    settings: InboxSettings,
    user: String,
    password: String,
    tls: Option<TlsConnector>,
}

/// One look into the folder, over one connection.
pub struct Visit<'a> {
    inbox: &'a Inbox,
    session: Session,
    waiting: VecDeque<u32>,
}

/// A message that has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The message as it stands in the mailbox; only its beginning when it is larger than the settings allow.
    pub raw: Vec<u8>,
    /// How large the whole message is, in bytes.
    pub size: u64,
    /// When it came into the mailbox, as far as its server says (UTC).
    pub at: Option<DateTime<Utc>>,
    uid: u32,
}

/// Why mail cannot be fetched at the moment. What has not been moved stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum InboxError {
    /// The server is not there.
    #[error("{server} cannot be reached: {why}")]
    Unreachable {
        /// Host and port.
        server: String,
        /// What happened.
        why: String,
    },
    /// The connection cannot be encrypted.
    #[error("no encrypted connection to {server}: {why}")]
    Encryption {
        /// Host and port.
        server: String,
        /// What happened.
        why: String,
    },
    /// The server does not let us in.
    #[error("{server} refused our sign-in: {why}")]
    SignIn {
        /// Host and port.
        server: String,
        /// What it said.
        why: String,
    },
    /// The server has no command for moving messages (RFC 6851).
    #[error("{0} cannot move messages from one folder to another, so that what is dealt with could not be told apart")]
    CannotMove(String),
    /// A folder cannot be used.
    #[error("the folder {folder:?} at {server} cannot be used: {why}")]
    Folder {
        /// Host and port.
        server: String,
        /// The folder.
        folder: String,
        /// What happened.
        why: String,
    },
    /// A message cannot be fetched.
    #[error("a message at {server} cannot be fetched: {why}")]
    Fetch {
        /// Host and port.
        server: String,
        /// What happened.
        why: String,
    },
}

impl Inbox {
    /// The folder that the settings name. Nothing is connected yet.
    ///
    /// # Errors
    ///
    /// There is no user or no password, the password would travel in the clear, or the extra certificate cannot be read.
    pub fn new(settings: InboxSettings) -> Result<Self, MailServerError> {
        let (user, password) = settings.server.credentials()?.ok_or(MailServerError::Nobody)?;
        let tls = connection::tls(&settings.server)?;
        Ok(Self { settings, user, password, tls })
    }

    /// Looks into the folder. Messages that arrive meanwhile wait for the next visit.
    ///
    /// # Errors
    ///
    /// The server cannot be reached, does not let us in, or lacks what we need.
    pub async fn visit(&self) -> Result<Visit<'_>, InboxError> {
        let mut session = connection::open(self).await?;
        let server = || self.settings.server.to_string();
        let folder = |why| InboxError::Folder { server: server(), folder: self.settings.folder.clone(), why };
        let timeout = self.settings.timeout;
        let able = limited(timeout, session.capabilities()).await.map_err(folder)?;
        if !able.has_str("MOVE") {
            return Err(InboxError::CannotMove(server()));
        }
        limited(timeout, session.select(&self.settings.folder)).await.map_err(folder)?;
        let found = limited(timeout, session.uid_search("UNDELETED")).await.map_err(folder)?;
        let mut waiting: Vec<u32> = found.into_iter().collect();
        waiting.sort_unstable();
        Ok(Visit { inbox: self, session, waiting: waiting.into() })
    }

    /// Finds out whether mail can be fetched, fetching none, and says what it found.
    ///
    /// # Errors
    ///
    /// The server cannot be reached, does not let us in, or lacks what we need.
    pub async fn check(&self) -> Result<String, InboxError> {
        let visit = self.visit().await?;
        let (count, folder) = (visit.waiting.len(), &self.settings.folder);
        visit.end().await;
        Ok(format!("{}; messages waiting in {folder}: {count}", self.settings.server.found()))
    }
}

impl Visit<'_> {
    /// The next message, the one that arrived first before the others; none when all have been looked at.
    ///
    /// # Errors
    ///
    /// The connection is lost, or the server does not give the message out.
    pub async fn next(&mut self) -> Result<Option<Arrived>, InboxError> {
        while let Some(uid) = self.waiting.pop_front() {
            if let Some(arrived) = self.fetch(uid).await? {
                return Ok(Some(arrived));
            }
        }
        Ok(None)
    }

    /// Moves a message to the folder for those that have been dealt with, which is made if need be.
    ///
    /// # Errors
    ///
    /// The connection is lost, or the server does not move it. The message then comes again with the next visit.
    pub async fn put_away(&mut self, arrived: &Arrived) -> Result<(), InboxError> {
        let InboxSettings { server, processed, timeout, .. } = &self.inbox.settings;
        let uid = arrived.uid.to_string();
        if limited(*timeout, self.session.uid_mv(&uid, processed)).await.is_ok() {
            return Ok(());
        }
        let folder = |why| InboxError::Folder { server: server.to_string(), folder: processed.clone(), why };
        limited(*timeout, self.session.create(processed)).await.map_err(folder)?;
        limited(*timeout, self.session.uid_mv(&uid, processed)).await.map_err(folder)
    }

    /// Takes leave of the server. Whether it answers makes no difference.
    pub async fn end(mut self) {
        let _ = limited(connection::GOODBYE, self.session.logout()).await;
    }

    /// The message, unless somebody has taken it away meanwhile.
    async fn fetch(&mut self, uid: u32) -> Result<Option<Arrived>, InboxError> {
        let InboxSettings { server, largest, timeout, .. } = &self.inbox.settings;
        let session = &mut self.session;
        let fetching = async {
            let what = format!("(RFC822.SIZE INTERNALDATE BODY.PEEK[]<0.{largest}>)");
            session.uid_fetch(uid.to_string(), what).await?.try_collect::<Vec<_>>().await
        };
        let lost = |why| InboxError::Fetch { server: server.to_string(), why };
        let fetched = limited(*timeout, fetching).await.map_err(lost)?;
        let found = fetched.iter().find_map(|message| Some((message, message.body()?)));
        Ok(found.map(|(message, body)| Arrived {
            raw: body.to_vec(),
            size: message.size.map_or(body.len() as u64, u64::from),
            at: message.internal_date().map(|at| at.to_utc()),
            uid,
        }))
    }
}
