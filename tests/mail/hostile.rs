//! Text with characters that mean something in a header or a command does no harm.

use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use mail_parser::MessageParser;
use quorate::notify::Transport;

use super::faulty::Script;
use super::{parts, plain, return_path};

const HOSTILE: [&str; 6] = [
    "SIP\r\nBcc: eve@example.org",
    "SIP\nBcc: eve@example.org",
    "SIP\rBcc: eve@example.org",
    "SIP\0Bcc: eve@example.org",
    "SIP\u{2028}Bcc: eve@example.org",
    "SIP\u{85}Bcc: eve@example.org\u{7f}",
];

fn message(subject: &str) -> Message {
    let message = Message::builder()
        .from("no-reply@quorate.example".parse().unwrap())
        .to("priya@supplier.example".parse().unwrap())
        .subject(subject);
    message.body("Good morning\r\n".to_owned()).unwrap()
}

#[tokio::test]
async fn a_hostile_subject_adds_neither_header_nor_recipient() {
    let server = Script::default().start();
    let transport = plain(&server);
    for subject in HOSTILE {
        let delivery = transport.send("n1", &return_path("n1"), &message(subject)).await;
        assert_eq!(parts(&delivery).0, "accepted", "{subject:?}");
        let taken = server.taken().pop().unwrap();
        assert_eq!(taken.to, ["priya@supplier.example"]);
        let parsed = MessageParser::default().parse(&taken.text).unwrap();
        assert!(parsed.bcc().is_none(), "{subject:?}");
    }
}

#[tokio::test]
async fn a_hostile_header_of_ours_adds_no_header() {
    let server = Script::default().start();
    let transport = plain(&server);
    for value in HOSTILE {
        let name = HeaderName::new_from_ascii("List-Unsubscribe".to_owned()).unwrap();
        let message = Message::builder()
            .from("no-reply@quorate.example".parse().unwrap())
            .to("priya@supplier.example".parse().unwrap())
            .raw_header(HeaderValue::new(name, value.to_owned()));
        let message = message.body("Good morning\r\n".to_owned()).unwrap();
        let delivery = transport.send("n1", &return_path("n1"), &message).await;
        assert_eq!(parts(&delivery).0, "accepted", "{value:?}");
        let taken = server.taken().pop().unwrap();
        let parsed = MessageParser::default().parse(&taken.text).unwrap();
        assert!(parsed.bcc().is_none(), "{value:?}");
    }
}

#[test]
fn a_hostile_address_is_none() {
    for address in HOSTILE {
        let address = format!("{address}@supplier.example");
        assert!(address.parse::<lettre::Address>().is_err(), "{address:?}");
        assert!(address.parse::<quorate::notify::ReturnPath>().is_err(), "{address:?}");
    }
}

#[tokio::test]
async fn a_hostile_id_stays_in_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let transport = Transport::Directory(folder.path().join("mail"));
    for id in ["../../n1", "/etc/n1", "n\0", "n1\r\n", "..", ""] {
        let delivery = transport.send(id, &return_path("n1"), &message("Good morning")).await;
        assert_eq!(parts(&delivery).0, "accepted", "{id:?}: {delivery:?}");
    }
    let names = |path: &std::path::Path| std::fs::read_dir(path).unwrap().count();
    assert_eq!((names(folder.path()), names(&folder.path().join("mail"))), (1, 6));
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_tried_again() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let transport = Transport::Directory(file.path().join("mail"));
    let delivery = transport.send("n1", &return_path("n1"), &message("Good morning")).await;
    assert_eq!(parts(&delivery).0, "try again", "{delivery:?}");
    assert!(transport.check().await.is_err());
}
