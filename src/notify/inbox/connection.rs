//! One connection to a mailbox, encrypted and signed in.

use std::fmt::{Debug, Display};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use async_imap::{Authenticator, Client};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring::default_provider};

use super::{Inbox, InboxError};
use crate::notify::server::{Encryption, MailServer, MailServerError, recorded};

/// How long the server may take to say goodbye. We leave in any case.
pub(super) const GOODBYE: Duration = Duration::from_secs(2);

/// What a connection runs over, encrypted or not.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Debug + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Debug + Send> Wire for T {}

/// A connection that is signed in.
pub(super) type Session = async_imap::Session<Box<dyn Wire>>;

/// Signs in by AUTH PLAIN (RFC 4616), which has room for any letters.
struct Plain<'a>(&'a Inbox);

impl Authenticator for Plain<'_> {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        format!("\0{}\0{}", self.0.user, self.0.password)
    }
}

/// Does something within a time; otherwise why not, in words.
pub(super) async fn limited<T, E: Display>(
    limit: Duration,
    doing: impl Future<Output = Result<T, E>>,
) -> Result<T, String> {
    match timeout(limit, doing).await {
        Ok(done) => done.map_err(|error| recorded(&error.to_string())),
        Err(_) => Err(format!("nothing came within {} seconds", limit.as_secs())),
    }
}

/// Connects, encrypts and signs in.
pub(super) async fn open(inbox: &Inbox) -> Result<Session, InboxError> {
    let (settings, server) = (&inbox.settings, inbox.settings.server.to_string());
    let connecting = TcpStream::connect((settings.server.host.as_str(), settings.server.port));
    let stream = limited(settings.timeout, connecting)
        .await
        .map_err(|why| InboxError::Unreachable { server: server.clone(), why })?;
    let encrypted = limited(settings.timeout, encrypted(inbox, stream)).await;
    let client = encrypted.map_err(|why| match inbox.tls {
        Some(_) => InboxError::Encryption { server: server.clone(), why },
        None => InboxError::Unreachable { server: server.clone(), why },
    })?;
    let signing_in = async { client.authenticate("PLAIN", Plain(inbox)).await.map_err(|(error, _)| error) };
    limited(settings.timeout, signing_in).await.map_err(|why| InboxError::SignIn { server, why })
}

/// A connection whose server has greeted us, and which is encrypted if it is to be.
async fn encrypted(inbox: &Inbox, stream: TcpStream) -> Result<Client<Box<dyn Wire>>, String> {
    match (&inbox.tls, inbox.settings.server.encryption) {
        (Some(tls), Encryption::Implicit) => greeted(handshake(inbox, tls, stream).await?).await,
        (Some(tls), _) => {
            let mut client = greeted(stream).await?;
            let agreed = client.run_command_and_check_ok("STARTTLS", None).await;
            agreed.map_err(|error| format!("it does not agree to STARTTLS: {error}"))?;
            let stream = handshake(inbox, tls, client.into_inner()).await?;
            Ok(Client::new(Box::new(stream)))
        }
        (None, _) => {
            let stream: Box<dyn Wire> = Box::new(stream);
            greeted(stream).await
        }
    }
}

async fn handshake<S: Wire + 'static>(inbox: &Inbox, tls: &TlsConnector, stream: S) -> Result<Box<dyn Wire>, String> {
    let name = ServerName::try_from(inbox.settings.server.host.clone()).map_err(|error| error.to_string())?;
    let stream = tls.connect(name, stream).await.map_err(|error| error.to_string())?;
    Ok(Box::new(stream))
}

async fn greeted<S: Wire>(stream: S) -> Result<Client<S>, String> {
    let mut client = Client::new(stream);
    match client.read_response().await {
        Ok(Some(_)) => Ok(client),
        Ok(None) => Err("the server hung up".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// What encrypts connections to the server; none where it is not to be.
pub(super) fn tls(server: &MailServer) -> Result<Option<TlsConnector>, MailServerError> {
    if server.encryption == Encryption::None {
        return Ok(None);
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(pem) = &server.authority {
        for certificate in authority(pem)? {
            roots.add(certificate).map_err(|error| MailServerError::Tls(error.to_string()))?;
        }
    }
    let builder =
        ClientConfig::builder_with_provider(Arc::new(default_provider())).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| MailServerError::Tls(error.to_string()))?;
    let config = builder.with_root_certificates(roots).with_no_client_auth();
    Ok(Some(TlsConnector::from(Arc::new(config))))
}

fn authority(pem: &str) -> Result<Vec<CertificateDer<'static>>, MailServerError> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    certificates.ok().filter(|certificates| !certificates.is_empty()).ok_or(MailServerError::Authority)
}
