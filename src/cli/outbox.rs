//! Where notices go out, as the settings say.

use std::path::Path;

use super::{Failure, read_text};
use crate::config::MailConfig;
use crate::notify::{Bounces, Composer, Outbox, SmtpSettings, Transport};

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

fn wrong(error: impl std::fmt::Display) -> Failure {
    Failure::surroundings(error.to_string())
}
