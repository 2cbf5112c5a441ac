//! The settings of a mail server, as they are written and what is said about mistakes in them.

use std::time::Duration;

use quorate::notify::{Encryption, Inbox, InboxSettings, SmtpSettings, Transport};

fn read(url: &str) -> SmtpSettings {
    url.parse().unwrap()
}

fn refused(url: &str) -> String {
    url.parse::<SmtpSettings>().unwrap_err().to_string()
}

#[test]
fn a_url_says_where_and_how() {
    for (url, host, port, encryption) in [
        ("smtp://mail.example", "mail.example", 587, Encryption::StartTls),
        ("smtp://mail.example/", "mail.example", 587, Encryption::StartTls),
        ("smtp://mail.example:2525?tls=required", "mail.example", 2525, Encryption::StartTls),
        ("smtp://mail.example?tls=none", "mail.example", 25, Encryption::None),
        ("smtps://mail.example", "mail.example", 465, Encryption::Implicit),
        ("smtps://mail.example:4650", "mail.example", 4650, Encryption::Implicit),
        ("smtp://localhost", "localhost", 25, Encryption::None),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, Encryption::None),
        ("smtp://[::1]:1025", "::1", 1025, Encryption::None),
        ("smtp://localhost?tls=required", "localhost", 587, Encryption::StartTls),
        ("smtp://[2001:db8::25]", "2001:db8::25", 587, Encryption::StartTls),
    ] {
        let server = read(url).server;
        assert_eq!((server.host.as_str(), server.port, server.encryption), (host, port, encryption), "{url}");
    }
}

#[test]
fn what_follows_the_question_mark_is_read() {
    let settings = read("smtp://mail.example?hello=quorate.example&connections=8&timeout=90");
    assert_eq!(settings.hello.as_deref(), Some("quorate.example"));
    assert_eq!((settings.connections, settings.timeout), (8, Duration::from_secs(90)));
    let silent = read("smtp://mail.example");
    assert_eq!((silent.hello, silent.connections, silent.timeout), (None, 4, Duration::from_mins(1)));
}

#[test]
fn a_mistake_is_named_with_what_would_be_right() {
    for (url, says) in [
        ("mail.example", "written smtp://host, or smtps://host"),
        ("http://mail.example", "written smtp://host"),
        ("imap://mail.example", "written smtp://host"),
        ("smtpss://mail.example", "written smtp://host"),
        ("smtp://", "\"\" is not the name or address"),
        ("smtp://mail example", "\"mail example\" is not the name"),
        ("smtp://[::1", "is not the name"),
        ("smtp://[mail]", "\"mail\" is not the name"),
        ("smtp://mail.example:", "\"\" is not a port"),
        ("smtp://mail.example:99999", "\"99999\" is not a port"),
        ("smtp://mail.example:0", "\"0\" is not a port"),
        ("smtp://[::1]25", "\"25\" is not a port"),
        ("smtp://mail.example/inbox", "\"/inbox\" after the mail server means nothing"),
        ("smtp://mail.example?tls=maybe", "tls of the mail server cannot be \"maybe\"; it is required or none"),
        ("smtps://mail.example?tls=none", "left out where encryption begins with the first byte"),
        ("smtp://mail.example?timeout=0", "cannot be \"0\"; it is a number of seconds from 1 to 600"),
        ("smtp://mail.example?connections=1000", "a number from 1 to 50"),
        ("smtp://mail.example?hello=a%20b", "it is a host name"),
        ("smtp://mail.example?hello=a\r\nMAIL", "it is a host name"),
        ("smtp://mail.example?pool=4", "no setting \"pool\"; there are tls, hello, connections, timeout"),
        ("smtp://mail.example?tls=none&tls=none", "tls of the mail server is given twice"),
        ("smtp://a%zz@mail.example", "the user of the mail server is not well written"),
        ("smtp://a:b%2@mail.example", "the password of the mail server is not well written"),
        ("smtp://a:b%ff@mail.example", "the password of the mail server is not well written"),
        ("smtp://a:b%+1@mail.example", "the password of the mail server is not well written"),
    ] {
        assert!(refused(url).contains(says), "{url}: {}", refused(url));
    }
}

#[test]
fn the_password_is_never_shown() {
    for url in ["smtps://priya:s3cret@mail.example", "smtps://priya:s3cret%2F%3F%40@mail.example"] {
        let settings = read(url);
        assert!(!format!("{settings:?}").contains("s3cret"));
        let transport = Transport::smtp(settings).unwrap();
        assert!(!format!("{transport:?}").contains("s3cret"));
    }
    for url in [
        "smtps://priya:s3cret@mail example",
        "smtps://priya:s3cret?@mail.example:x",
        "smtp://priya:s3cret/@mail.example:99999",
        "smtp://priya:s3cret%@mail.example",
        "http://priya:s3cret@mail.example",
        "smtp://priya:s3cret@mail.example?tls=maybe",
    ] {
        assert!(!refused(url).contains("s3cret"), "{}", refused(url));
    }
}

#[test]
fn user_and_password_come_together_and_go_encrypted() {
    let problem = |settings| Transport::smtp(settings).unwrap_err().to_string();
    assert_eq!(problem(read("smtp://priya@mail.example")), "the mail server has a user and no password");
    let nobody = read("smtp://mail.example").with_password("s3cret\n");
    assert_eq!(problem(nobody), "the mail server has a password and no user; write the user and @ before the host");
    let open = read("smtp://priya:s3cret@mail.example?tls=none");
    assert_eq!(problem(open), "the password would go to mail.example unencrypted; leave out tls=none, or the user");
    assert!(Transport::smtp(read("smtp://priya:s3cret@localhost")).is_ok());
    assert!(Transport::smtp(read("smtp://priya@mail.example").with_password("s3cret\r\n")).is_ok());
}

#[test]
fn an_authority_that_is_no_certificate_is_refused() {
    for pem in [
        "",
        "certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        let settings = read("smtp://mail.example").with_authority(pem.to_owned());
        let error = Transport::smtp(settings).unwrap_err().to_string();
        assert!(error.contains("PEM") || error.contains("cannot be prepared"), "{pem}: {error}");
    }
}

fn inbox(url: &str) -> Result<InboxSettings, String> {
    url.parse::<InboxSettings>().map_err(|error| error.to_string())
}

#[test]
fn a_mailbox_is_written_as_a_mail_server_is() {
    let settings = inbox("imaps://sip@mail.example?folder=INBOX/SIP%20forms&processed=INBOX.Done&timeout=30").unwrap();
    assert_eq!((settings.server.port, settings.server.encryption), (993, Encryption::Implicit));
    assert_eq!((settings.folder.as_str(), settings.processed.as_str()), ("INBOX/SIP forms", "INBOX.Done"));
    assert_eq!(settings.timeout, Duration::from_secs(30));
    let silent = inbox("imap://sip@mail.example").unwrap();
    assert_eq!((silent.server.port, silent.server.encryption), (143, Encryption::StartTls));
    assert_eq!((silent.folder.as_str(), silent.processed.as_str()), ("INBOX", "Processed"));
}

#[test]
fn a_mistake_about_a_mailbox_is_named_with_what_would_be_right() {
    for (url, says) in [
        ("pop3://mail.example", "written imap://host, or imaps://host"),
        ("imaps://a@mail.example?processed=inbox", "other than the one in which mail arrives"),
        ("imaps://a@mail.example?folder=", "it is the name of a folder"),
        ("imaps://a@mail.example?folder=a%22b", "it is the name of a folder"),
        ("imaps://a@mail.example?folder=a%0d%0ab", "it is the name of a folder"),
        ("imaps://a@mail.example?hello=b", "there are tls, folder, processed, timeout"),
    ] {
        let why = inbox(url).unwrap_err();
        assert!(why.contains(says), "{url}: {why}");
    }
    let nobody = Inbox::new(inbox("imaps://mail.example").unwrap()).map(drop).unwrap_err();
    assert_eq!(nobody.to_string(), "the mail server has no user; write the user and @ before the host");
    let open = Inbox::new(inbox("imap://a:b@mail.example?tls=none").unwrap()).map(drop).unwrap_err();
    assert!(open.to_string().contains("unencrypted"), "{open}");
}
