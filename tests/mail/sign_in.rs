//! Encryption and signing in.

use quorate::notify::{SmtpSettings, Transport};

use super::certificate::Certificate;
use super::faulty::{At, Does, Faulty, PASSWORD, Script, USER};
use super::real::RealServer;
use super::{PATIENCE, parts, send, settings};

/// The settings for a server on this machine under its name, with this certificate trusted.
fn trusting(scheme: &str, port: u16, certificate: &Certificate) -> SmtpSettings {
    let tls = if scheme == "smtp" { "?tls=required" } else { "" };
    settings(&format!("{scheme}://localhost:{port}{tls}")).with_authority(certificate.pem())
}

fn signing_in(mut settings: SmtpSettings) -> SmtpSettings {
    settings.server.user = Some(USER.to_owned());
    settings.with_password(PASSWORD)
}

/// The outcome of one message, and what a check says; both of which are one of yes and no.
async fn both(settings: SmtpSettings) -> (String, Result<String, String>) {
    let transport = Transport::smtp(settings).unwrap();
    let delivery = send(&transport, "n1").await;
    let (found, why) = parts(&delivery);
    let checked = transport.check().await.map_err(|error| error.to_string());
    (format!("{found}: {why}"), checked)
}

async fn assert_tried_again(server: &Faulty, settings: SmtpSettings, says: &str) {
    let (outcome, checked) = both(settings).await;
    assert!(outcome.starts_with("try again: ") && outcome.contains(says), "{outcome}");
    assert!(checked.as_ref().is_err_and(|why| why.contains(says)), "{checked:?}");
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn a_message_goes_encrypted_after_a_command() {
    let certificate = Certificate::of("localhost");
    let server = Script::default().start_tls(certificate.server()).sign_in("PLAIN LOGIN").start();
    let (outcome, checked) = both(signing_in(trusting("smtp", server.address.port(), &certificate))).await;
    assert_eq!(outcome, "accepted: 250 2.0.0 queued as 1");
    let port = server.address.port();
    assert_eq!(checked.unwrap(), format!("localhost:{port} answers, encrypted (STARTTLS), signed in as {USER}"));
    let said = server.said();
    let place = |what: &str| said.iter().position(|line| line.starts_with(what)).unwrap();
    assert!(place("STARTTLS") < place("AUTH PLAIN") && place("AUTH PLAIN") < place("MAIL"), "{said:?}");
}

#[tokio::test]
async fn a_message_goes_encrypted_from_the_first_byte() {
    let certificate = Certificate::of("localhost");
    let server = Script::default().implicit_tls(certificate.server()).sign_in("LOGIN").start();
    let (outcome, checked) = both(signing_in(trusting("smtps", server.address.port(), &certificate))).await;
    assert_eq!(outcome, "accepted: 250 2.0.0 queued as 1");
    assert!(checked.unwrap().contains("encrypted (TLS), signed in as"));
}

#[tokio::test]
async fn a_real_server_takes_messages_encrypted_and_signed_in() {
    for (mode, scheme) in [("starttls", "smtp"), ("implicit", "smtps")] {
        let certificate = Certificate::of("localhost");
        let server = RealServer::encrypting(mode, &certificate);
        let (outcome, checked) = both(signing_in(trusting(scheme, server.port, &certificate))).await;
        assert_eq!(outcome, "accepted: 250 2.0.0 kept as 1", "{mode}");
        assert!(checked.unwrap().contains("signed in as"), "{mode}");
        assert_eq!(server.received().len(), 1, "{mode}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_said_plainly() {
    let certificate = Certificate::of("localhost");
    for mechanisms in ["PLAIN", "LOGIN"] {
        let server = Script::default().start_tls(certificate.server()).sign_in(mechanisms).start();
        let wrong = signing_in(trusting("smtp", server.address.port(), &certificate)).with_password("wrong");
        assert_tried_again(&server, wrong, "refused our sign-in: 535 5.7.8 wrong user or password").await;
    }
}

#[tokio::test]
async fn a_sign_in_that_fails_says_nothing_about_the_recipient() {
    let certificate = Certificate::of("localhost");
    for (does, says) in [
        (Does::Says("454 4.7.0 try later"), "refused our sign-in: 454 4.7.0 try later"),
        (Does::Says("550 5.7.1 not from there"), "refused our sign-in: 550"),
        (Does::Drops, "failed"),
        (Does::Babbles, "failed"),
    ] {
        let script = Script::default().start_tls(certificate.server()).sign_in("PLAIN").always(At::SignIn, does);
        let server = script.start();
        assert_tried_again(&server, signing_in(trusting("smtp", server.address.port(), &certificate)), says).await;
    }
    let server = Script::default().start_tls(certificate.server()).sign_in("GSSAPI").start();
    let settings = signing_in(trusting("smtp", server.address.port(), &certificate));
    assert_tried_again(&server, settings, "No compatible authentication mechanism").await;
}

#[tokio::test]
async fn nothing_is_sent_in_the_clear_when_encryption_is_required() {
    let certificate = Certificate::of("localhost");
    let none = Script::default().sign_in("PLAIN").start();
    let settings = signing_in(trusting("smtp", none.address.port(), &certificate));
    assert_tried_again(&none, settings, "it does not offer STARTTLS").await;
    assert!(!none.said().iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")), "{:?}", none.said());
    for (does, says) in [
        (Does::Says("454 4.7.0 not now"), "no encrypted connection to localhost"),
        (Does::Says("502 5.5.1 what?"), "502"),
        (Does::Drops, "no encrypted connection to localhost"),
    ] {
        let server = Script::default().start_tls(certificate.server()).always(At::StartTls, does).start();
        assert_tried_again(&server, trusting("smtp", server.address.port(), &certificate), says).await;
        assert!(!server.said().iter().any(|line| line.starts_with("MAIL")), "{:?}", server.said());
    }
}

#[tokio::test]
async fn a_handshake_that_fails_is_tried_again() {
    let certificate = Certificate::of("localhost");
    for does in [Does::Says("220 this is no TLS"), Does::Drops] {
        for scheme in ["smtp", "smtps"] {
            let script = Script::default().always(At::Handshake, does);
            let script = match scheme {
                "smtp" => script.start_tls(certificate.server()),
                _ => script.implicit_tls(certificate.server()),
            };
            let server = script.start();
            let settings = trusting(scheme, server.address.port(), &certificate);
            assert_tried_again(&server, settings, "no encrypted connection to localhost").await;
        }
    }
}

#[tokio::test]
async fn a_handshake_that_does_not_end_is_given_up() {
    let certificate = Certificate::of("localhost");
    let server = Script::default().start_tls(certificate.server()).always(At::Handshake, Does::Hangs).start();
    let mut settings = trusting("smtp", server.address.port(), &certificate);
    settings.timeout = PATIENCE;
    let transport = Transport::smtp(settings).unwrap();
    let delivery = send(&transport, "n1").await;
    let (found, why) = parts(&delivery);
    assert!(found == "try again" && why.ends_with("nothing came within 3 seconds"), "{found}: {why}");
}

#[tokio::test]
async fn a_certificate_that_cannot_be_trusted_is_refused() {
    let ours = Certificate::of("localhost");
    for theirs in [Certificate::of("localhost"), Certificate::of("elsewhere.example")] {
        let server = Script::default().start_tls(theirs.server()).start();
        assert_tried_again(&server, trusting("smtp", server.address.port(), &ours), "certificate").await;
    }
    let named_otherwise = Certificate::of("elsewhere.example");
    let server = Script::default().implicit_tls(named_otherwise.server()).start();
    assert_tried_again(&server, trusting("smtps", server.address.port(), &named_otherwise), "not valid for name").await;
}

#[tokio::test]
async fn a_server_that_wants_a_sign_in_we_do_not_have_says_so() {
    let certificate = Certificate::of("localhost");
    let server = RealServer::encrypting("starttls", &certificate);
    let (outcome, checked) = both(trusting("smtp", server.port, &certificate)).await;
    assert!(outcome.starts_with("try again: ") && outcome.contains("530"), "{outcome}");
    assert!(checked.is_ok());
}
