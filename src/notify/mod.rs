//! Turns a queued notice into a message and hands it to a transport.
//!
//! Architecture invariant: only this module knows lettre. What a notice says comes with it; nothing is looked up here.

mod calendar_file;
mod compose;
pub mod letters;
mod link;
mod outbox;
mod transport;

pub use calendar_file::{Due, Invitation, Method};
pub use compose::{Attachment, ComposeError, Composer, Letter, Purpose, Rendered};
pub use link::{Link, NotALink};
pub use outbox::Outbox;
pub use transport::{
    AddressError, Bounces, Delivery, Encryption, Memory, ReturnPath, Smtp, SmtpSettings, SmtpSettingsError, Transport,
    TransportError,
};
