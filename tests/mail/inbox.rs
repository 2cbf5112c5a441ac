//! Mail is fetched from a real mailbox, moved when it has been dealt with, and never lost.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use quorate::notify::{Arrived, Inbox, InboxError, InboxSettings, Visit};

use super::PATIENCE;
use super::certificate::Certificate;
use super::dovecot::Dovecot;
use super::faulty::{PASSWORD, USER};

const MESSAGE: &[u8] = b"From: priya@supplier.example\r\nSubject: SIP form\r\n\r\n.\r\nna\xc3\xafve \xff\r\n";

fn settings(url: &str) -> InboxSettings {
    let mut settings: InboxSettings = url.parse().unwrap();
    settings.server.user = Some(USER.to_owned());
    settings.with_password(PASSWORD)
}

/// A mailbox, and the settings to reach it encrypted from the first byte.
fn mailbox() -> (Dovecot, InboxSettings) {
    let certificate = Certificate::of("localhost");
    let dovecot = Dovecot::start(&certificate);
    let settings = settings(&format!("imaps://localhost:{}", dovecot.imaps)).with_authority(certificate.pem());
    (dovecot, settings)
}

fn numbered(number: usize) -> Vec<u8> {
    [format!("Message-ID: <n{number}@supplier.example>\r\n").as_bytes(), MESSAGE].concat()
}

async fn all(visit: &mut Visit<'_>) -> Vec<Arrived> {
    let mut all = Vec::new();
    while let Some(arrived) = visit.next().await.unwrap() {
        all.push(arrived);
    }
    all
}

#[tokio::test]
async fn messages_come_in_their_order_and_byte_for_byte() {
    let (dovecot, settings) = mailbox();
    for number in 1..=3 {
        dovecot.deliver(&number.to_string(), &numbered(number));
    }
    let inbox = Inbox::new(settings).unwrap();
    let mut visit = inbox.visit().await.unwrap();
    let arrived = all(&mut visit).await;
    let raw: Vec<_> = arrived.iter().map(|arrived| arrived.raw.clone()).collect();
    assert_eq!(raw, [numbered(1), numbered(2), numbered(3)]);
    assert!(arrived.iter().all(|arrived| arrived.size == numbered(1).len() as u64 && arrived.at.is_some()));
}

#[tokio::test]
async fn what_has_been_dealt_with_is_moved_and_what_has_not_comes_again() {
    let (dovecot, settings) = mailbox();
    for number in 1..=3 {
        dovecot.deliver(&number.to_string(), &numbered(number));
    }
    let inbox = Inbox::new(settings).unwrap();
    let mut visit = inbox.visit().await.unwrap();
    let arrived = all(&mut visit).await;
    visit.put_away(&arrived[0]).await.unwrap();
    visit.put_away(&arrived[2]).await.unwrap();
    visit.end().await;
    assert_eq!((dovecot.count(""), dovecot.count(".Processed")), (1, 2));
    let mut visit = inbox.visit().await.unwrap();
    let left = all(&mut visit).await;
    assert_eq!(left.iter().map(|arrived| arrived.raw.clone()).collect::<Vec<_>>(), [numbered(2)]);
    assert!(visit.next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_message_that_somebody_has_read_comes_all_the_same() {
    let (dovecot, settings) = mailbox();
    dovecot.deliver_read("1", MESSAGE);
    let inbox = Inbox::new(settings).unwrap();
    let mut visit = inbox.visit().await.unwrap();
    assert_eq!(all(&mut visit).await[0].raw, MESSAGE);
}

#[tokio::test]
async fn a_visit_that_breaks_off_loses_nothing() {
    let (dovecot, settings) = mailbox();
    dovecot.deliver("1", MESSAGE);
    let inbox = Inbox::new(settings).unwrap();
    let mut visit = inbox.visit().await.unwrap();
    assert!(visit.next().await.unwrap().is_some());
    drop(visit);
    assert!(inbox.visit().await.unwrap().next().await.unwrap().is_some());
}

#[tokio::test]
async fn a_message_that_arrives_meanwhile_waits_for_the_next_visit() {
    let (dovecot, settings) = mailbox();
    dovecot.deliver("1", &numbered(1));
    let inbox = Inbox::new(settings).unwrap();
    let mut visit = inbox.visit().await.unwrap();
    dovecot.deliver("2", &numbered(2));
    assert_eq!(all(&mut visit).await.len(), 1);
    assert_eq!(all(&mut inbox.visit().await.unwrap()).await.len(), 2);
}

#[tokio::test]
async fn of_a_huge_message_only_the_beginning_comes() {
    let (dovecot, mut settings) = mailbox();
    let huge = [MESSAGE, &b"huge\r\n".repeat(100_000)].concat();
    dovecot.deliver("1", &huge);
    settings.largest = 1_000;
    let inbox = Inbox::new(settings).unwrap();
    let arrived = inbox.visit().await.unwrap().next().await.unwrap().unwrap();
    assert_eq!(arrived.raw, huge[..1_000]);
    assert_eq!(arrived.size, huge.len() as u64);
}

#[tokio::test]
async fn a_check_says_what_it_found() {
    let certificate = Certificate::of("localhost");
    let dovecot = Dovecot::start(&certificate);
    dovecot.deliver("1", MESSAGE);
    for (url, how) in [
        (format!("imaps://localhost:{}", dovecot.imaps), "TLS"),
        (format!("imap://localhost:{}?tls=required", dovecot.imap), "STARTTLS"),
    ] {
        let inbox = Inbox::new(settings(&url).with_authority(certificate.pem())).unwrap();
        let found = inbox.check().await.unwrap();
        assert!(found.starts_with("localhost:") && found.ends_with("messages waiting in INBOX: 1"), "{found}");
        assert!(found.contains(&format!("encrypted ({how}), signed in as {USER}")), "{found}");
    }
}

#[tokio::test]
async fn a_mailbox_that_cannot_be_used_says_why() {
    let (_dovecot, good) = mailbox();
    let problem = async |settings: InboxSettings| Inbox::new(settings).unwrap().check().await.unwrap_err();
    let wrong = problem(good.clone().with_password("wrong")).await;
    assert!(
        matches!(wrong, InboxError::SignIn { .. }) && wrong.to_string().contains("AUTHENTICATIONFAILED"),
        "{wrong}"
    );
    let stranger = problem(good.clone().with_authority(Certificate::of("localhost").pem())).await;
    assert!(matches!(stranger, InboxError::Encryption { .. }), "{stranger}");
    let folder = problem(InboxSettings { folder: "Nowhere".to_owned(), ..good.clone() }).await;
    assert!(folder.to_string().starts_with("the folder \"Nowhere\" at localhost"), "{folder}");
}

/// A server that gives these answers, one after the other, in which TAG is that of the command, and then says no more.
fn scripted(answers: &'static [&'static str]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let stream = listener.accept().unwrap().0;
        answer(stream, answers)
    });
    address
}

fn answer(mut stream: TcpStream, answers: &[&str]) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    stream.write_all(b"* OK ready\r\n").ok()?;
    let mut tag = String::new();
    for answer in answers {
        let line = lines.next()?.ok()?;
        if let Some((given, _)) = line.split_once(' ') {
            given.clone_into(&mut tag);
        }
        stream.write_all(answer.replace("TAG", &tag).as_bytes()).ok()?;
    }
    lines.map_while(Result::ok).for_each(drop);
    Some(())
}

async fn checked(answers: &'static [&'static str]) -> String {
    let inbox = Inbox::new(settings(&format!("imap://{}", scripted(answers)))).unwrap();
    inbox.check().await.unwrap_err().to_string()
}

const SIGNED_IN: [&str; 2] = ["+ \r\n", "TAG OK in\r\n"];

#[tokio::test]
async fn a_server_that_cannot_move_messages_is_not_used() {
    let why = checked(&[SIGNED_IN[0], SIGNED_IN[1], "* CAPABILITY IMAP4rev1\r\nTAG OK\r\n"]).await;
    assert!(why.contains("cannot move messages"), "{why}");
}

#[tokio::test]
async fn a_mailbox_that_says_no_more_is_given_up() {
    for answers in [&[][..], &SIGNED_IN[..1], &SIGNED_IN] {
        let mut settings = settings(&format!("imap://{}", scripted(answers)));
        settings.timeout = PATIENCE;
        let inbox = Inbox::new(settings).unwrap();
        let why = inbox.check().await.unwrap_err().to_string();
        assert!(why.ends_with("nothing came within 3 seconds"), "{why}");
    }
}

#[tokio::test]
async fn a_mailbox_that_is_not_there_says_so() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let inbox = Inbox::new(settings(&format!("imap://{free}"))).unwrap();
    let why = inbox.check().await.unwrap_err();
    assert!(matches!(why, InboxError::Unreachable { .. }), "{why}");
}
