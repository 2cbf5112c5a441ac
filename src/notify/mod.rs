//! Turns a queued notice into a message and hands it to a transport.
//!
//! Architecture invariant: only this module knows lettre. What a notice says comes with it; nothing is looked up here.

mod compose;
mod transport;

pub use compose::{ComposeError, Composer, Letter};
pub use transport::{Delivery, Transport, TransportError};
