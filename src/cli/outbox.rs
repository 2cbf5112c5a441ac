//! Where notices go out and mail comes in, as the settings say.

use std::path::Path;

use super::{Failure, read_text};
use crate::config::{DoorConfig, MailConfig};
use crate::intake::Door;
use crate::notify::{Bounces, Composer, Inbox, InboxSettings, Maildir, Outbox, SmtpSettings, Transport};
use crate::service::{Arrivals, MailDoor};

/// The outbox that the settings describe; none where they name neither a folder nor a mail server.
pub(crate) fn outbox(config: &MailConfig) -> Result<Option<Outbox>, Failure> {
    let transport = match (&config.smtp, &config.mail_to) {
        (Some(smtp), _) => Transport::smtp(server(smtp, config)?).map_err(wrong)?,
        (None, Some(folder)) => Transport::Directory(folder.clone()),
        (None, None) => return Ok(None),
    };
    let bounces: Option<Bounces> = config.bounces.as_deref().map(str::parse).transpose().map_err(wrong)?;
    let composer = Composer::new(&config.mail_name, &config.mail_from).map_err(wrong)?;
    Ok(Some(Outbox { composer, transport, bounces }))
}

/// An outbox that writes e-mails into a folder.
pub(crate) fn into_folder(folder: &Path) -> Result<Outbox, Failure> {
    let composer = Composer::new("Quorate", "no-reply@quorate.example").map_err(wrong)?;
    Ok(Outbox { composer, transport: Transport::Directory(folder.to_path_buf()), bounces: None })
}

fn server(url: &str, config: &MailConfig) -> Result<SmtpSettings, Failure> {
    let mut settings: SmtpSettings = url.parse().map_err(wrong)?;
    if let Some(file) = &config.smtp_password_file {
        settings = settings.with_password(&read_text(file)?);
    }
    if let Some(file) = &config.smtp_authority {
        settings = settings.with_authority(read_text(file)?);
    }
    Ok(settings)
}

/// What the mail door is told of itself.
pub(crate) fn door(config: &DoorConfig, mail: &MailConfig) -> MailDoor {
    let domain = mail.mail_from.rsplit('@').next().unwrap_or_default().to_owned();
    let door = Door {
        domain,
        own_addresses: vec![mail.mail_from.clone()],
        bounce_address: mail.bounces.clone(),
        trusted_servers: config.trusted_servers.clone(),
        ..Door::default()
    };
    MailDoor { door, mailbox: config.mailbox.clone() }
}

/// Where mail arrives, if the settings say.
pub(crate) fn arrivals(config: &DoorConfig) -> Result<Option<Arrivals>, Failure> {
    if let Some(folder) = &config.maildir {
        return Ok(Some(Arrivals::Maildir(Maildir::open(folder).map_err(wrong)?)));
    }
    let Some(url) = &config.imap else { return Ok(None) };
    let mut settings: InboxSettings = url.parse().map_err(wrong)?;
    if let Some(file) = &config.imap_password_file {
        settings = settings.with_password(&read_text(file)?);
    }
    Ok(Some(Arrivals::Inbox(Box::new(Inbox::new(settings).map_err(wrong)?))))
}

fn wrong(error: impl std::fmt::Display) -> Failure {
    Failure::surroundings(error.to_string())
}
