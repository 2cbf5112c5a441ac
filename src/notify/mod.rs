//! Turns a queued notice into a message and hands it to a transport; fetches mail that has arrived.
//!
//! Architecture invariant: only this module knows lettre and IMAP. What a notice says comes with it; nothing is looked up
//! here, and what arrived mail says is for others to read.

mod compose;
mod inbox;
mod server;
mod transport;

pub use compose::{ComposeError, Composer, Letter};
pub use inbox::{Arrived, Inbox, InboxError, InboxSettings, Visit};
pub use server::{Encryption, MailServer, MailServerError};
pub use transport::{
    AddressError, Bounces, Delivery, Memory, ReturnPath, Smtp, SmtpSettings, Transport, TransportError,
};
