//! Hands messages to a mail server over SMTP (RFC 5321), on a few connections that are kept for the next message.
//!
//! Each command is given here and not by lettre's own transport, which cannot tell a time-out before the final dot from
//! one after it: the first is tried again without a thought, the second may have been delivered.

mod connection;
mod fault;
mod settings;

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::{Address, Message};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use self::connection::{Connection, Relay};
use self::fault::Fault;
use super::{Delivery, ReturnPath, TransportError};
use crate::notify::server::{MailServerError, recorded};

pub use settings::SmtpSettings;

/// How long a connection is kept without being used. Servers and what lies on the way to them close idle connections
/// after some minutes; one that is gone costs a new connection, one that is silently gone costs a time-out.
const KEPT: Duration = Duration::from_secs(30);

/// A mail server and the connections to it.
pub struct Smtp {
    relay: Relay,
    kept: Mutex<Vec<Kept>>,
    free: Semaphore,
}

/// A connection that waits for the next message.
struct Kept {
    connection: Connection,
    since: Instant,
}

/// A message ready to be handed over.
struct Mail<'a> {
    from: Option<&'a Address>,
    to: &'a [Address],
    bytes: Vec<u8>,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Smtp").field(&self.relay.settings).finish()
    }
}

impl Smtp {
    pub(super) fn new(settings: SmtpSettings) -> Result<Self, MailServerError> {
        let free = Semaphore::new(settings.connections);
        Ok(Self { relay: Relay::new(settings)?, kept: Mutex::default(), free })
    }

    /// Hands a message over. When all connections are in use, it waits for one; the time-out does not run meanwhile.
    pub(super) async fn send(&self, return_path: &ReturnPath, message: &Message) -> Delivery {
        let bytes = canonical(&message.formatted());
        let mail = Mail { from: return_path.address(), to: message.envelope().to(), bytes };
        let _free = self.free.acquire().await;
        match self.hand_over(&mail).await {
            Ok(answer) => Delivery::Accepted(answer),
            Err(fault) => fault.delivery(),
        }
    }

    pub(super) async fn check(&self) -> Result<String, TransportError> {
        let until = self.relay.until();
        let found = Connection::open(&self.relay, until).await;
        let mut connection = found.map_err(|fault| TransportError(recorded(&fault.to_string())))?;
        connection.quit().await;
        Ok(self.relay.settings.server.found())
    }

    pub(super) async fn close(&self) {
        let kept = std::mem::take(&mut *self.kept.lock().unwrap_or_else(PoisonError::into_inner));
        for mut kept in kept {
            kept.connection.quit().await;
        }
    }

    /// A connection that the server closed while it was kept is no news about the message: the next one is taken.
    async fn hand_over(&self, mail: &Mail<'_>) -> Result<String, Fault> {
        let until = self.relay.until();
        while let Some(connection) = self.take() {
            match self.transfer(connection, mail, until).await {
                Err(fault) if fault.is_stale() => {}
                outcome => return outcome,
            }
        }
        let connection = Connection::open(&self.relay, until).await?;
        self.transfer(connection, mail, until).await
    }

    async fn transfer(&self, mut connection: Connection, mail: &Mail<'_>, until: Instant) -> Result<String, Fault> {
        let outcome = connection.transfer(&self.relay, mail, until).await;
        let usable = match &outcome {
            Ok(_) => true,
            Err(fault) => fault.leaves_connection() && connection.reset(until).await,
        };
        if usable {
            self.keep(connection);
        }
        outcome
    }

    fn take(&self) -> Option<Connection> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| kept.since.elapsed() < KEPT);
        kept.pop().map(|kept| kept.connection)
    }

    fn keep(&self, connection: Connection) {
        let kept = Kept { connection, since: Instant::now() };
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
    }
}

/// The message as it travels: every line ends in CR LF, for a lone CR or LF is read as the end of a line by some servers
/// and not by others (RFC 5321, section 2.3.8). The last line end is left out; it comes with the final dot.
fn canonical(message: &[u8]) -> Vec<u8> {
    let mut canonical = Vec::with_capacity(message.len());
    let mut before = b'\n';
    for &byte in message {
        match (before, byte) {
            (b'\r', b'\n') => {}
            (_, b'\r' | b'\n') => canonical.extend(b"\r\n"),
            _ => canonical.push(byte),
        }
        before = byte;
    }
    if canonical.ends_with(b"\r\n") {
        canonical.truncate(canonical.len() - 2);
    }
    canonical
}
