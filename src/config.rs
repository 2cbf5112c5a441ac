//! Settings of a running installation, from the command line or the environment.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::calendar::{Division, parse_date};
use crate::service::{Backups, Settings};

/// Settings of `quorate serve`. Each can be given on the command line or, under the name shown, in the environment; the
/// command line wins.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct ServeConfig {
    /// The database, as sqlite:PATH; with ?mode=rwc at its end it is created if need be.
    #[arg(
        long,
        env = "QUORATE_DATABASE",
        hide_env_values = true,
        default_value = "sqlite:quorate.db?mode=rwc",
        value_name = "ADDRESS"
    )]
    pub database: String,
    /// The address and port to listen on; port 0 takes any that is free.
    #[arg(
        long,
        env = "QUORATE_LISTEN",
        hide_env_values = true,
        default_value = "127.0.0.1:8080",
        value_name = "ADDRESS"
    )]
    pub listen: SocketAddr,
    /// Where people reach the pages, for links in notices; the address listened on where absent.
    #[arg(long, env = "QUORATE_BASE_URL", hide_env_values = true, value_parser = base_url, value_name = "URL")]
    pub base_url: Option<String>,
    /// Whose bank holidays count for cases that begin from now on.
    #[arg(long, env = "QUORATE_DIVISION", hide_env_values = true, default_value = Division::EnglandAndWales.name(), value_parser = division())]
    pub division: Division,
    /// The first London date on which the role and domain tables are no longer SEC text, once that is known (R26).
    #[arg(long, env = "QUORATE_TABLES_LEAVE_APPENDIX_AH", hide_env_values = true, value_name = "DATE", value_parser = parse_date)]
    pub tables_leave_appendix_ah: Option<NaiveDate>,
    /// Copy the database every night at 02:00 (London) into this folder, which must be there.
    #[arg(long, env = "QUORATE_BACKUP_TO", hide_env_values = true, value_name = "FOLDER")]
    pub backup_to: Option<PathBuf>,
    /// How many of these copies are kept.
    #[arg(long, env = "QUORATE_BACKUP_KEEP", hide_env_values = true, default_value = "30", value_name = "NUMBER")]
    pub backup_keep: NonZeroUsize,
}

/// Settings of the mail that goes out.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct MailConfig {
    /// Write notices as e-mails into this folder, one file each.
    #[arg(long, env = "QUORATE_MAIL_TO", hide_env_values = true, value_name = "FOLDER", conflicts_with = "smtp")]
    pub mail_to: Option<PathBuf>,
    /// Hand notices to this mail server: `smtp://user@host:587` (encrypted after a command) or `smtps://user@host:465`. Without
    /// it and without a folder they wait in the queue.
    #[arg(long, env = "QUORATE_SMTP", hide_env_values = true, value_name = "URL")]
    pub smtp: Option<String>,
    /// The file that holds the password for the mail server.
    #[arg(long, env = "QUORATE_SMTP_PASSWORD_FILE", hide_env_values = true, value_name = "FILE", requires = "smtp")]
    pub smtp_password_file: Option<PathBuf>,
    /// The certificate (PEM) of an authority to trust beside those of this machine.
    #[arg(long, env = "QUORATE_SMTP_AUTHORITY", hide_env_values = true, value_name = "FILE", requires = "smtp")]
    pub smtp_authority: Option<PathBuf>,
    /// The address notices come from.
    #[arg(
        long,
        env = "QUORATE_MAIL_FROM",
        hide_env_values = true,
        default_value = "no-reply@quorate.example",
        value_name = "ADDRESS"
    )]
    pub mail_from: String,
    /// The name notices come from.
    #[arg(long, env = "QUORATE_MAIL_NAME", hide_env_values = true, default_value = "Quorate", value_name = "NAME")]
    pub mail_name: String,
    /// The address that undeliverable notices come back to, as bounces+NOTICE@DOMAIN; `quorate intake` reads them.
    #[arg(long, env = "QUORATE_BOUNCES", hide_env_values = true, value_name = "ADDRESS")]
    pub bounces: Option<String>,
}

/// Settings of the mail that arrives.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct DoorConfig {
    /// The address people mail SIP forms to.
    #[arg(
        long,
        env = "QUORATE_MAILBOX",
        hide_env_values = true,
        default_value = "sip@quorate.example",
        value_name = "ADDRESS"
    )]
    pub mailbox: String,
    /// Take in the messages of this maildir.
    #[arg(long, env = "QUORATE_MAILDIR", hide_env_values = true, value_name = "FOLDER", conflicts_with = "imap")]
    pub maildir: Option<PathBuf>,
    /// Take in the messages of this mailbox: `imaps://user@host`, with `?folder=NAME&processed=NAME` where they have others.
    #[arg(long, env = "QUORATE_IMAP", hide_env_values = true, value_name = "URL")]
    pub imap: Option<String>,
    /// The file that holds the password for that mailbox.
    #[arg(long, env = "QUORATE_IMAP_PASSWORD_FILE", hide_env_values = true, value_name = "FILE", requires = "imap")]
    pub imap_password_file: Option<PathBuf>,
    /// The name under which a mail server of yours says whether a sender is who they say (Authentication-Results). That
    /// server must take out such headers under its own name from what arrives. May be given several times.
    #[arg(
        long = "trust-server",
        env = "QUORATE_TRUST_SERVERS",
        hide_env_values = true,
        value_name = "NAME",
        value_delimiter = ','
    )]
    pub trusted_servers: Vec<String>,
}

impl ServeConfig {
    /// The settings of the installation that listens on `address`.
    pub fn settings(&self, address: SocketAddr) -> Settings {
        Settings {
            division: self.division,
            tables_leave_appendix_ah: self.tables_leave_appendix_ah,
            base_url: self.base_url.clone().unwrap_or_else(|| local_url(address)),
            backups: self.backup_to.clone().map(|folder| Backups { folder, keep: self.backup_keep }),
        }
    }
}

/// The URL by which this machine reaches an address it listens on.
pub fn local_url(address: SocketAddr) -> String {
    let unspecified = address.ip().is_unspecified();
    let reached = if unspecified { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
    format!("http://{}", SocketAddr::new(reached, address.port()))
}

fn base_url(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |rest: &&str| !rest.is_empty() && !rest.chars().any(|c| c.is_whitespace() || c.is_control());
    match rest.filter(plain) {
        Some(_) => Ok(text.trim_end_matches('/').to_owned()),
        None => Err("write it in full, as https://quorate.example".to_owned()),
    }
}

fn division() -> impl TypedValueParser<Value = Division> {
    PossibleValuesParser::new(Division::ALL.map(Division::name)).try_map(|name| name.parse::<Division>())
}
