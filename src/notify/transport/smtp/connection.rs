//! One connection to a mail server, and one message over it.

use std::future::{Future, poll_fn};
use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::{Response, Severity};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout, timeout_at};

use super::fault::{Cause, Fault, Stage};
use super::{Mail, SmtpSettings};
use crate::notify::server::{Encryption, MailServer, MailServerError, recorded};

/// How long one of the addresses of a server may take to answer before the next is tried.
const PER_ADDRESS: Duration = Duration::from_secs(10);

/// How long the server may take to say goodbye. We leave in any case.
const GOODBYE: Duration = Duration::from_secs(2);

/// How much of a message is written at once.
const PIECE: usize = 64 * 1024;

/// A mail server and how to talk to it.
pub(super) struct Relay {
    pub(super) settings: SmtpSettings,
    tls: Option<TlsParameters>,
    hello: ClientId,
    credentials: Option<Credentials>,
}

/// A connection that is encrypted and signed in as the settings say.
pub(super) struct Connection(AsyncSmtpConnection);

impl Relay {
    pub(super) fn new(settings: SmtpSettings) -> Result<Self, MailServerError> {
        let credentials = settings.server.credentials()?.map(|(user, password)| Credentials::new(user, password));
        let tls = match settings.server.encryption {
            Encryption::None => None,
            Encryption::StartTls | Encryption::Implicit => Some(tls(&settings.server)?),
        };
        let hello = settings.hello.clone().map_or_else(ClientId::default, ClientId::Domain);
        Ok(Self { settings, tls, hello, credentials })
    }

    /// When an exchange that begins now has taken too long.
    pub(super) fn until(&self) -> Instant {
        Instant::now() + self.settings.timeout
    }

    fn fault(&self, stage: Stage, cause: Cause) -> Fault {
        Fault { server: self.settings.server.to_string(), stage, cause }
    }

    /// Does one step of an exchange. A panic in lettre (it has some for answers no server should give) ends the step
    /// and nothing else.
    async fn step<T, E: Into<Cause>>(
        &self,
        stage: Stage,
        until: Instant,
        doing: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Fault> {
        let cause = match timeout_at(until, contained(doing)).await {
            Ok(Some(Ok(done))) => return Ok(done),
            Ok(Some(Err(error))) => error.into(),
            Ok(None) => Cause::Broken("the answer could not be understood".to_owned()),
            Err(_) => Cause::Silence(self.settings.timeout),
        };
        Err(self.fault(stage, cause))
    }

    async fn connect(&self) -> Result<TcpStream, Cause> {
        let broken = |error: std::io::Error| Cause::Broken(error.to_string());
        let mut last = Cause::Broken("it has no address".to_owned());
        for address in
            lookup_host((self.settings.server.host.as_str(), self.settings.server.port)).await.map_err(broken)?
        {
            match timeout(PER_ADDRESS, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    // Without this each message waits some 40 ms for a delayed acknowledgement.
                    stream.set_nodelay(true).map_err(broken)?;
                    return Ok(stream);
                }
                Ok(Err(error)) => last = broken(error),
                Err(_) => last = Cause::Silence(PER_ADDRESS),
            }
        }
        Err(last)
    }
}

impl Connection {
    /// Connects, encrypts and signs in.
    pub(super) async fn open(relay: &Relay, until: Instant) -> Result<Self, Fault> {
        let mut connection = match (&relay.tls, relay.settings.server.encryption) {
            (Some(tls), Encryption::Implicit) => Self::encrypted(relay, tls, until).await?,
            _ => Self::plain(relay, until).await?,
        };
        if let (Some(tls), Encryption::StartTls) = (&relay.tls, relay.settings.server.encryption) {
            connection.start_tls(relay, tls, until).await?;
        }
        if let Some(credentials) = &relay.credentials {
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            relay.step(Stage::SignIn, until, connection.0.auth(&mechanisms, credentials)).await?;
        }
        Ok(connection)
    }

    async fn plain(relay: &Relay, until: Instant) -> Result<Self, Fault> {
        let stream = relay.step(Stage::Reach, until, relay.connect()).await?;
        let greeting = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &relay.hello);
        Ok(Self(relay.step(Stage::Greet, until, greeting).await?))
    }

    async fn encrypted(relay: &Relay, tls: &TlsParameters, until: Instant) -> Result<Self, Fault> {
        let server = (relay.settings.server.host.as_str(), relay.settings.server.port);
        let connecting =
            AsyncSmtpConnection::connect_tokio1(server, Some(PER_ADDRESS), &relay.hello, Some(tls.clone()), None);
        let connected = relay.step(Stage::Encrypt, until, connecting).await;
        connected.map(Self).map_err(|fault| match fault.cause {
            Cause::Reply(..) => Fault { stage: Stage::Greet, ..fault },
            _ => fault,
        })
    }

    async fn start_tls(&mut self, relay: &Relay, tls: &TlsParameters, until: Instant) -> Result<(), Fault> {
        if !self.0.can_starttls() {
            self.quit().await;
            let cause = Cause::Broken("it does not offer STARTTLS".to_owned());
            return Err(relay.fault(Stage::Encrypt, cause));
        }
        relay.step(Stage::Encrypt, until, self.0.starttls(tls.clone(), &relay.hello)).await
    }

    /// Hands over a message and gives the server's answer. The time up to the final dot and the time for the answer to
    /// it are counted apart, for giving up on that answer leaves us not knowing.
    pub(super) async fn transfer(&mut self, relay: &Relay, mail: &Mail<'_>, until: Instant) -> Result<String, Fault> {
        let parameters = self.parameters(mail).map_err(|why| relay.fault(Stage::Text, Cause::Unfit(why)))?;
        let from = MailFrom::new(mail.from.cloned(), parameters);
        relay.step(Stage::Sender, until, self.0.command(from)).await?;
        for to in mail.to {
            relay.step(Stage::Recipient, until, self.0.command(Rcpt::new(to.clone(), Vec::new()))).await?;
        }
        let announced = relay.step(Stage::Announce, until, self.0.command(Data)).await?;
        if announced.code().severity != Severity::PositiveIntermediate {
            return Err(relay.fault(Stage::Announce, Cause::Broken(answer(&announced))));
        }
        self.text(relay, &mail.bytes).await
    }

    /// The message and the final dot. Lettre writes the dot when there are no more pieces.
    async fn text(&mut self, relay: &Relay, message: &[u8]) -> Result<String, Fault> {
        let complete = AtomicBool::new(false);
        let end = iter::from_fn(|| {
            complete.store(true, Ordering::Relaxed);
            None
        });
        let sending = self.0.message_iter(message.chunks(PIECE).chain(end));
        let sent = relay.step(Stage::Text, relay.until(), sending).await;
        match sent {
            Ok(taken) if taken.code().severity == Severity::PositiveCompletion => Ok(recorded(&answer(&taken))),
            Ok(strange) => Err(relay.fault(Stage::Dot, Cause::Broken(answer(&strange)))),
            Err(fault) if complete.load(Ordering::Relaxed) => Err(Fault { stage: Stage::Dot, ..fault }),
            Err(fault) => Err(fault),
        }
    }

    /// What the message asks of the server beyond plain SMTP.
    fn parameters(&self, mail: &Mail<'_>) -> Result<Vec<MailParameter>, &'static str> {
        let server = self.0.server_info();
        let mut parameters = Vec::new();
        if mail.from.into_iter().chain(mail.to).any(|address: &Address| !AsRef::<str>::as_ref(address).is_ascii()) {
            if !server.supports_feature(Extension::SmtpUtfEight) {
                return Err("the address has letters beyond ASCII, which this server does not take (no SMTPUTF8)");
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !mail.bytes.is_ascii() {
            if !server.supports_feature(Extension::EightBitMime) {
                return Err("the message has letters beyond ASCII, which this server does not take (no 8BITMIME)");
            }
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(parameters)
    }

    /// Forgets a message that was begun; whether the connection can be used on.
    pub(super) async fn reset(&mut self, until: Instant) -> bool {
        matches!(timeout_at(until, contained(self.0.command(Rset))).await, Ok(Some(Ok(_))))
    }

    /// Says goodbye. Whether the server answers makes no difference.
    pub(super) async fn quit(&mut self) {
        let _ = timeout(GOODBYE, contained(self.0.quit())).await;
    }
}

fn tls(server: &MailServer) -> Result<TlsParameters, MailServerError> {
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(pem) = &server.authority {
        let certificate = Certificate::from_pem(pem.as_bytes()).map_err(|_| MailServerError::Authority)?;
        if !pem.contains("-----BEGIN CERTIFICATE-----") {
            return Err(MailServerError::Authority);
        }
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(|error| MailServerError::Tls(error.to_string()))
}

fn answer(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    format!("{} {}", response.code(), lines.join(" "))
}

/// What comes of a future, or none if it panics.
async fn contained<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(poll) => poll.map(Some),
        Err(_) => Poll::Ready(None),
    })
    .await
}
