//! What was sent is what arrives, at a real server.

use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MessageBuilder, MultiPart, SinglePart};
use mail_parser::MessageParser;
use quorate::notify::Transport;

use super::faulty::{Script, Taken};
use super::real::RealServer;
use super::{parts, plain, return_path, settings};

fn builder() -> MessageBuilder {
    let to = Mailbox::new(Some("Zoë Ó Súilleabháin, Ελένη".to_owned()), "zoe@supplier.example".parse().unwrap());
    Message::builder()
        .from("Quorate <no-reply@quorate.example>".parse().unwrap())
        .to(to)
        .subject("Änderung: SIP-0042 — £12,000 → „angenommen“ 文")
        .message_id(Some("<n1@quorate.example>".to_owned()))
}

/// What arrives of a message: the bytes that were sent, and the end of the last line if it had none.
async fn arrives(message: &Message) -> Taken {
    let server = RealServer::start();
    let transport = Transport::smtp(settings(&format!("smtp://127.0.0.1:{}", server.port))).unwrap();
    let delivery = transport.send("n1", &return_path("n1"), message).await;
    assert_eq!(parts(&delivery).0, "accepted", "{delivery:?}");
    let taken = server.received().remove(0);
    let sent = message.formatted();
    let end: &[u8] = if sent.ends_with(b"\r\n") { b"" } else { b"\r\n" };
    assert!(taken.text == [&sent, end].concat(), "other bytes have arrived than were sent");
    taken
}

async fn assert_text_arrives(text: &str) {
    let taken = arrives(&builder().body(text.to_owned()).unwrap()).await;
    let parsed = MessageParser::default().parse(&taken.text).unwrap();
    let arrived = parsed.body_text(0).unwrap().replace("\r\n", "\n");
    assert!(arrived.trim_end() == text.replace("\r\n", "\n").trim_end(), "{arrived}");
}

#[tokio::test]
async fn names_and_subjects_arrive_in_any_script() {
    let taken = arrives(&builder().body("Good morning\r\n".to_owned()).unwrap()).await;
    let parsed = MessageParser::default().parse(&taken.text).unwrap();
    assert_eq!(parsed.subject(), Some("Änderung: SIP-0042 — £12,000 → „angenommen“ 文"));
    let to = parsed.to().unwrap().first().unwrap();
    assert_eq!(to.name(), Some("Zoë Ó Súilleabháin, Ελένη"));
    assert_eq!(taken.to, ["zoe@supplier.example"]);
    assert_eq!(taken.from, "bounces+n1@quorate.example");
}

#[tokio::test]
async fn lines_that_begin_with_a_dot_arrive() {
    assert_text_arrives(".\r\n..\r\n...\r\n.a\r\n\r\n.\r\n.\r\nend").await;
}

#[tokio::test]
async fn lines_of_any_length_arrive() {
    assert_text_arrives(&["x".repeat(998), "y".repeat(999), "z ".repeat(5_000)].join("\r\n")).await;
}

#[tokio::test]
async fn a_long_subject_arrives() {
    let subject = "consultation ".repeat(200);
    let message = builder().subject(subject.trim()).body("Good morning\r\n".to_owned()).unwrap();
    let taken = arrives(&message).await;
    assert_eq!(MessageParser::default().parse(&taken.text).unwrap().subject(), Some(subject.trim()));
}

#[tokio::test]
async fn a_text_of_a_megabyte_arrives() {
    let line = "Working Days are counted from the day after receipt; £, €, — and all.\r\n";
    assert_text_arrives(&line.repeat(1_000_000 / line.len())).await;
}

#[tokio::test]
async fn attachments_and_pages_arrive() {
    let bytes: Vec<u8> = (0..100_000_u32).map(|number| u8::try_from(number % 251).unwrap()).collect();
    let page = MultiPart::alternative_plain_html("Good morning".to_owned(), "<p>Good morning</p>".to_owned());
    let file =
        Attachment::new("Réponse.pdf".to_owned()).body(bytes.clone(), ContentType::parse("application/pdf").unwrap());
    let message = builder().multipart(MultiPart::mixed().multipart(page).singlepart(file)).unwrap();
    let taken = arrives(&message).await;
    let parsed = MessageParser::default().parse(&taken.text).unwrap();
    assert_eq!(parsed.attachment(0).unwrap().contents(), bytes);
    assert_eq!(parsed.body_html(0).unwrap(), "<p>Good morning</p>");
}

/// A message whose text is sent as it stands, whatever bytes it has.
fn raw(text: &str) -> Message {
    builder()
        .singlepart(SinglePart::builder().body(lettre::message::Body::dangerous_pre_encoded(
            text.as_bytes().to_vec(),
            lettre::message::header::ContentTransferEncoding::EightBit,
        )))
        .unwrap()
}

#[tokio::test]
async fn lone_line_ends_cannot_smuggle_a_second_message() {
    for end in ["\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r\n.\r", "\r.\r\n"] {
        let server = Script::default().start();
        let text = format!("first{end}MAIL FROM:<eve@example.org>{end}end");
        let delivery = plain(&server).send("n1", &return_path("n1"), &raw(&text)).await;
        assert_eq!(parts(&delivery).0, "accepted", "{delivery:?}");
        let taken = server.taken();
        assert_eq!(taken.len(), 1);
        let arrived = String::from_utf8(taken[0].text.clone()).unwrap();
        assert!(arrived.ends_with("first\r\n.\r\nMAIL FROM:<eve@example.org>\r\n.\r\nend\r\n"), "{end:?}: {arrived:?}");
    }
}

#[tokio::test]
async fn letters_a_server_cannot_carry_are_refused_before_they_are_sent() {
    let server = Script::default().seven_bit().start();
    let transport = plain(&server);
    let delivery = transport.send("n1", &return_path("n1"), &raw("naïve")).await;
    assert_eq!(parts(&delivery).0, "refused", "{delivery:?}");
    assert!(parts(&delivery).1.ends_with("(no 8BITMIME)"), "{delivery:?}");
    let message = builder().to("zoë@supplier.example".parse().unwrap()).body("Good morning".to_owned()).unwrap();
    let delivery = transport.send("n1", &return_path("n1"), &message).await;
    assert!(parts(&delivery).1.ends_with("(no SMTPUTF8)"), "{delivery:?}");
    assert_eq!(server.connections(), 1);
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn an_address_in_any_script_arrives() {
    let to = "zoë@zulieferer-süd.example".parse().unwrap();
    let message = Message::builder().from("no-reply@quorate.example".parse().unwrap()).to(to);
    let taken = arrives(&message.body("Good morning\r\n".to_owned()).unwrap()).await;
    assert_eq!(taken.to, ["zoë@zulieferer-süd.example"]);
}
