//! Mail that arrives: a form of a nominated contact becomes a submission, and nothing mailed is lost.

use quorate::document::to_docx;
use quorate::intake::Door;
use quorate::notify::Transport;
use quorate::service::MailDoor;
use quorate::sip::RawSipForm;
use quorate::sip::form_document::filled_form;
use quorate::yaml::{self, Limits};

use super::notices::outbox;
use super::*;

const FORM: &str = include_str!("../../fixtures/sip-forms/sip-g.yaml");

fn door() -> MailDoor {
    let door = Door {
        domain: "secas.example".to_owned(),
        own_addresses: vec!["quorate@secas.example".to_owned()],
        bounce_address: Some("bounces@secas.example".to_owned()),
        trusted_servers: vec!["mx.secas.example".to_owned()],
        ..Door::default()
    };
    MailDoor { door, mailbox: "sip@secas.example".to_owned() }
}

/// The form as a Word document.
fn filled() -> Vec<u8> {
    let raw: RawSipForm = yaml::load("sip-g.yaml", FORM, Limits::default()).unwrap().value;
    to_docx(&filled_form(&raw.parse().unwrap())).unwrap()
}

/// A message with a file, from an address that a trusted server vouches for or not.
fn message(from: &str, proven: &str, file: Option<(&str, &[u8])>) -> Vec<u8> {
    let domain = from.rsplit('@').next().unwrap();
    let vouched = match proven {
        "proven" => format!(
            "Authentication-Results: mx.secas.example; dkim=pass header.d={domain}; spf=pass smtp.mailfrom={from}; \
             dmarc=pass header.from={domain}\r\n"
        ),
        _ => String::new(),
    };
    let mut text = format!(
        "{vouched}From: <{from}>\r\nTo: sip@secas.example\r\nSubject: A proposal\r\n\
         Date: Sun, 02 Nov 2025 21:15:00 +0000\r\nMessage-ID: <one@{domain}>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nOur form.\r\n"
    );
    if let Some((name, bytes)) = file {
        let part = format!(
            "--b\r\nContent-Type: application/octet-stream; name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\
             Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{}\r\n",
            base64(bytes)
        );
        text.push_str(&part);
    }
    (text + "--b--\r\n").into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let group = three.iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
        if text.len() % 78 == 76 {
            text += "\r\n";
        }
    }
    text
}

async fn take_in(stage: &Stage, raw: &[u8]) -> service::Taken {
    service::take_in(stage.app(), &door(), raw, stage.now()).await.unwrap()
}

/// The answers that go out now, as text.
async fn answers(stage: &Stage) -> Vec<String> {
    let mail = outbox(Transport::memory());
    let report = service::send_due(stage.app(), &mail, stage.now()).await.unwrap();
    assert_eq!(report.failed, 0);
    let text = |raw: &Vec<u8>| {
        let message = mail_parser::MessageParser::default().parse(raw).unwrap();
        let to = message.to().unwrap().first().unwrap().address().unwrap().to_owned();
        format!("To: {to}\nSubject: {}\n{}", message.subject().unwrap(), message.body_text(0).unwrap())
    };
    mail.transport.kept().iter().map(text).collect()
}

const PRIYA: &str = "priya.nair@northwind.example";

#[tokio::test]
async fn a_filled_form_of_a_nominated_contact_becomes_a_submission_that_counts_from_the_day_it_was_sent() {
    let stage = Stage::set("2025-11-03", "").await;
    let taken = take_in(&stage, &message(PRIYA, "proven", Some(("form.docx", &filled())))).await;
    assert_eq!(taken.status, "submitted", "{}", taken.what);
    let reference = taken.reference.unwrap();
    let case = service::case(stage.app(), &reference, stage.now()).await.unwrap();
    assert_eq!(case.clocks[0].due.to_string(), "2025-11-07", "five Working Days after Sunday 2 November");
    let answered = answers(&stage).await;
    let answer = answered.iter().find(|text| text.starts_with(&format!("To: {PRIYA}\n"))).unwrap();
    assert!(answer.contains(&reference) && answer.contains("7 November 2025"), "{answer}");
    stage.proof().await;
}

#[tokio::test]
async fn the_same_message_read_twice_is_one_submission_and_one_answer() {
    let stage = Stage::set("2025-11-03", "").await;
    let raw = message(PRIYA, "proven", Some(("form.docx", &filled())));
    let first = take_in(&stage, &raw).await;
    let told = answers(&stage).await.len();
    assert_eq!(take_in(&stage, &raw).await, first);
    assert_eq!(answers(&stage).await.len(), 0, "all {told} had gone out");
}

#[tokio::test]
async fn a_sender_who_is_not_proven_confirms_by_a_link_and_the_day_of_the_message_counts() {
    let stage = Stage::set("2025-11-03", "").await;
    let taken = take_in(&stage, &message(PRIYA, "unproven", Some(("form.yaml", FORM.as_bytes())))).await;
    assert_eq!((taken.status.as_str(), taken.reference), ("unconfirmed", None));
    let asked = answers(&stage).await;
    let link = asked[0].split_whitespace().find(|word| word.contains("/mail/")).unwrap();
    let token = link.rsplit('/').next().unwrap();
    let later = stage.now() + chrono::TimeDelta::days(2);
    let waiting = service::sender_to_confirm(stage.app(), token, later).await.unwrap();
    assert_eq!((waiting.sender.as_str(), waiting.sent_on.as_str()), (PRIYA, "Sunday 2 November 2025"));
    let receipt = service::confirm_sender(stage.app(), &door(), token, later).await.unwrap();
    let case = service::case(stage.app(), &receipt.reference, later).await.unwrap();
    assert_eq!(case.clocks[0].due.to_string(), "2025-11-07");
    assert!(service::confirm_sender(stage.app(), &door(), token, later).await.is_err(), "a link works once");
    stage.proof().await;
}

#[tokio::test]
async fn a_link_to_confirm_runs_out() {
    let stage = Stage::set("2025-11-03", "").await;
    take_in(&stage, &message(PRIYA, "unproven", Some(("form.yaml", FORM.as_bytes())))).await;
    let asked = answers(&stage).await;
    let token = asked[0].split_whitespace().find(|word| word.contains("/mail/")).unwrap().rsplit('/').next().unwrap();
    let late = stage.now() + chrono::TimeDelta::days(15);
    assert!(service::confirm_sender(stage.app(), &door(), token, late).await.is_err());
}

#[tokio::test]
async fn what_is_no_form_or_from_nobody_is_answered_or_put_before_a_person_and_always_kept() {
    let stage = Stage::set("2025-11-03", "").await;
    let faulty = FORM.replacen("title:", "titel:", 1);
    let cases: [(&str, Vec<u8>, &str, &str); 5] = [
        ("a faulty form", message(PRIYA, "proven", Some(("form.yaml", faulty.as_bytes()))), "answered", "titel"),
        ("a form from a stranger", message("x@nowhere.example", "proven", Some(("f.docx", &filled()))), "waiting", ""),
        ("a message without a form", message("tom.hughes@brightwell.example", "proven", None), "waiting", "form"),
        (
            "a PDF",
            message("mei.chen@sharedserve.example", "proven", Some(("a.pdf", b"%PDF-1.7 "))),
            "answered",
            "a.pdf",
        ),
        ("no message at all", b"not a message".to_vec(), "waiting", ""),
    ];
    for (what, raw, status, says) in cases {
        let taken = take_in(&stage, &raw).await;
        assert_eq!(taken.status, status, "{what}: {}", taken.what);
        let told = answers(&stage).await;
        assert!(says.is_empty() || told.iter().any(|text| text.contains(says)), "{what}: {told:?}");
        assert_eq!(take_in(&stage, &raw).await.id, taken.id, "{what} is kept");
    }
    let waiting = service::arrivals_waiting(stage.app(), &person("dana")).await.unwrap();
    assert_eq!(waiting.waiting, 3);
    assert!(service::arrivals_waiting(stage.app(), &person("priya")).await.is_err());
    let id = waiting.messages[0].id.clone();
    let dana = person("dana");
    service::arrival_done(stage.app(), &Call::new(&dana, stage.now()), &id, "Answered by telephone.").await.unwrap();
    assert_eq!(service::arrivals_waiting(stage.app(), &dana).await.unwrap().waiting, 2);
}

/// A report that a notice could not be delivered.
fn bounce(notice: &str, address: &str, status: &str) -> Vec<u8> {
    format!(
        "From: MAILER-DAEMON@mx.example\r\nTo: bounces+{notice}@secas.example\r\nSubject: Undelivered Mail\r\n\
         Date: Mon, 03 Nov 2025 10:05:00 +0000\r\nMessage-ID: <b-{status}@mx.example>\r\nMIME-Version: 1.0\r\n\
         Auto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"r\"\r\n\r\n\
         --r\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n\
         --r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; 550 {status} no such user here\r\n--r--\r\n"
    )
    .into_bytes()
}

#[tokio::test]
async fn what_comes_back_marks_the_contact_as_unusable_and_tells_secas_once_a_day() {
    let stage = Stage::set("2025-11-03", "  - submit: { as: priya, call_it: g, form: sip-g }\n").await;
    answers(&stage).await;
    let notice = stage.notices("g").await.into_iter().find(|notice| notice.recipient == "priya").unwrap();
    let taken = take_in(&stage, &bounce(&notice.id, PRIYA, "5.1.1")).await;
    assert_eq!(taken.status, "bounced");
    let told = answers(&stage).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("To: sofia.marsh@secas.example\n") && told[0].contains(PRIYA), "{}", told[0]);
    let lists = service::contact_list(stage.app(), &Call::new(&person("sofia"), stage.now())).await.unwrap();
    let northwind = serde_json::to_value(&lists).unwrap();
    let entry = northwind.as_array().unwrap().iter().find(|entry| entry.to_string().contains("northwind")).unwrap();
    assert!(entry.to_string().contains("no such user here"), "{entry}");
    take_in(&stage, &bounce(&notice.id, PRIYA, "5.1.10")).await;
    assert_eq!(answers(&stage).await.len(), 0);
}

#[tokio::test]
async fn an_automatic_message_is_never_answered() {
    let stage = Stage::set("2025-11-03", "").await;
    let mut raw = b"Auto-Submitted: auto-replied\r\n".to_vec();
    raw.extend(message("tom.hughes@brightwell.example", "proven", None));
    assert_eq!(take_in(&stage, &raw).await.status, "automatic");
    assert_eq!(answers(&stage).await.len(), 0);
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a mail server writes into its maildir")]
async fn a_maildir_is_emptied_into_the_record_and_nothing_in_it_is_deleted() {
    let stage = Stage::set("2025-11-03", "").await;
    let folder = tempfile::tempdir().unwrap();
    for part in ["new", "cur"] {
        std::fs::create_dir(folder.path().join(part)).unwrap();
    }
    std::fs::write(folder.path().join("new/1"), message(PRIYA, "proven", Some(("form.docx", &filled())))).unwrap();
    std::fs::write(folder.path().join("new/2"), message("tom.hughes@brightwell.example", "proven", None)).unwrap();
    let arrivals = service::Arrivals::Maildir(quorate::notify::Maildir::open(folder.path()).unwrap());
    let taken = service::fetch_mail(stage.app(), &door(), &arrivals, stage.now()).await.unwrap();
    assert_eq!(taken.iter().map(|taken| taken.status.as_str()).collect::<Vec<_>>(), ["submitted", "waiting"]);
    assert_eq!(service::fetch_mail(stage.app(), &door(), &arrivals, stage.now()).await.unwrap(), []);
    assert_eq!(std::fs::read_dir(folder.path().join("cur")).unwrap().count(), 2);
    assert!(quorate::notify::Maildir::open(&folder.path().join("cur")).is_err());
}
