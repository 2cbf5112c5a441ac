//! Turns a queued notice into a message and hands it to a transport; fetches mail that has arrived.
//!
//! Architecture invariant: only this module knows lettre and IMAP. What a notice says comes with it; nothing is looked up
//! here, and what arrived mail says is for others to read.

mod calendar_file;
mod compose;
mod inbox;
pub mod letters;
mod link;
mod outbox;
mod server;
mod transport;

pub use calendar_file::{Due, Invitation, Method};
pub use compose::{Attachment, ComposeError, Composer, Letter, Purpose, Rendered};
pub use inbox::{Arrived, Inbox, InboxError, InboxSettings, Maildir, Visit};
pub use link::{Link, NotALink};
pub use outbox::Outbox;
pub use server::{Encryption, MailServer, MailServerError};
pub use transport::{
    AddressError, Bounces, Delivery, Memory, ReturnPath, Smtp, SmtpSettings, Transport, TransportError,
};
